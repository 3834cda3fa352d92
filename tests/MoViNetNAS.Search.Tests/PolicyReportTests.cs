using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search.Tests;

public sealed class PolicyReportTests
{
    private static readonly SearchSpace Space = TestSpaces.Tiny;
    private static readonly CostTable Costs = new(Space, NetworkVariant.Causal, 10, Space.Definition.Input);

    [Fact]
    public void Decisions_above_half_of_a_uniform_entropy_are_undecided()
    {
        var start = ControllerState.Start(Space.Decisions.Select(decision => decision.OptionCount));
        int kernel = Space.Decisions.Select((decision, i) => (decision, i)).First(pair => pair.decision.Tag == DecisionTag.Kernel).i;
        // Probabilities 0.8, 0.1, 0.1: entropy 0.639 of ln 3, 58 % of uniform; every other decision is decided.
        var state = start with { Logits = [.. start.Logits.Select((row, d) => d == kernel ? [0.0, Math.Log(8), 0.0] : row.Length == 1 ? row : row.SetItem(0, 20.0))] };
        var undecided = Assert.Single(UndecidedDecision.Of(new Controller(Space, state)));
        Assert.Equal(Space.Decisions[kernel].Path, undecided.Path);
        Assert.Equal(0.639032 / Math.Log(3), undecided.NormalizedEntropy, 6);
        Assert.Equal(Space.Decisions[kernel].Labels[1], undecided.Options[0].Option);
        Assert.Equal([0.8, 0.1, 0.1], undecided.Options.Select(option => Math.Round(option.Probability, 9)));
        Assert.Equal(Space.Decisions.Count(decision => decision.OptionCount > 1), UndecidedDecision.Of(new Controller(Space, start)).Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Alternatives_are_all_single_changes_with_their_costs(ulong seed)
    {
        var controller = TestSpaces.Policy(Space, seed);
        var chosen = controller.ArgMax();
        var cost = Costs.Of(chosen);
        var feasible = FeasibleSet.Of(new CostWindow(CostObjective.Macs, cost.Macs, 0.1));
        var all = OptionCost.Of(controller, Costs, feasible, chosen);
        int open = Enumerable.Range(0, Space.Decisions.Length).Where(d => Space.Decisions[d].OptionCount > 1 && Space.IsActive(d, chosen.Choices.AsSpan())).Sum(d => Space.Decisions[d].OptionCount);
        Assert.Equal(open, all.Length);
        foreach (var of in all)
        {
            int d = Space.Decisions.Select((decision, i) => (decision, i)).First(pair => pair.decision.Path == of.Path).i;
            int[] choices = controller.ArgMaxChoices();
            choices[d] = Space.Decisions[d].Labels.IndexOf(of.Option);
            Assert.Equal(CostModel.Of(Space.Resolve(Space.Genotype(choices)), NetworkVariant.Causal, 10, Space.Definition.Input), of.Cost);
            Assert.Equal(of.IsChosen, choices[d] == chosen.Choices[d]);
            Assert.Equal(feasible.Contains(of.Cost), of.IsFeasible);
            Assert.Equal(controller.Probabilities(d)[choices[d]], of.Probability);
        }
    }

    [Fact]
    public void A_found_architecture_is_ranked_among_random_ones()
    {
        double[] random = [.. Enumerable.Range(0, 39).Select(i => i / 100.0)];
        var best = ChanceComparison.Of(0.5, random)!;
        Assert.Equal(1 / 40.0, best.PValue, 12);
        Assert.True(best.BeatsRandom);
        Assert.Equal((0.5 - 0.19) / best.StandardDeviation!.Value, best.Z!.Value, 12);
        Assert.EndsWith("better than random.", best.InWords());
        var tied = ChanceComparison.Of(0.37, random)!; // 0.37 and 0.38 score at least as well
        Assert.Equal(3 / 40.0, tied.PValue, 12);
        Assert.Contains("the search did NOT beat random draws (p > 0.05)", tied.InWords());
        Assert.Contains("fewer than 19", ChanceComparison.Of(1, random[..18])!.InWords());
        Assert.True(ChanceComparison.Of(1, random[..19])!.BeatsRandom);
        Assert.Null(ChanceComparison.Of(1, [0.5, 0.5])!.Z);
        Assert.Null(ChanceComparison.Of(1, []));
    }

    [Fact]
    public void The_published_schedule_sums_to_the_published_figures()
    {
        // Worked out from the rates of google-research/tunas 0c1bbe5: 0.0048 x 20,288 = 97.4, sum of the rates 380.6.
        var rate = new ControllerLearningRate(0.0048, 10, 6762, 27_050);
        Assert.Equal(20_288, rate.LearningSteps);
        Assert.Equal(ControllerLearningRate.PublishedBudget, rate.Budget, 0.05);
        Assert.Equal(ControllerLearningRate.PublishedSum, rate.Sum, 0.05);
        Assert.Equal(0.047995, rate.AtEnd, 6);
        Assert.Equal(1, ControllerLearningRate.RelativeNoise(32));
        Assert.Equal(Math.Sqrt(32), ControllerLearningRate.RelativeNoise(1), 12);
    }

    [Fact]
    public void Random_search_reports_no_policy()
    {
        var result = ResumedSearchTests.Search(ResumedSearchTests.Auto with { Algorithm = SearchAlgorithm.Random, Steps = 12 }, 1)
            .Run(new Recorder(), null, TestContext.Current.CancellationToken);
        Assert.Empty(result.Undecided);
        Assert.Empty(result.Alternatives);
        Assert.Equal(result.Best, result.Found);
        Assert.NotNull(result.Chance);
        Assert.Empty(result.Advice);
    }
}
