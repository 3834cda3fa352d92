using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search.Tests;

public sealed class SeveralCostsTests
{
    private static readonly SearchSpace Space = TestSpaces.Tiny;
    private static readonly CostTable Costs = new(Space, NetworkVariant.Causal, 10, Space.Definition.Input);
    private static readonly double MedianParameters = CostSurvey.Draw(Space, Costs, CostObjective.Parameters, new RandomStream(1), 500).Median;
    private static readonly SearchSettings Quick = new(Steps: 60, Tolerance: 0.1, Beta: -0.2, BaselineArchitectures: 10, CheckpointEvery: 40);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static CostDemands Both => new(
        [new CostTerm(CostObjective.Parameters, MedianParameters, -0.3, RewardType.Absolute)],
        [new CostLimit(CostObjective.PeakActivationBytes, CostSurvey.Draw(Space, Costs, CostObjective.PeakActivationBytes, new RandomStream(1), 500).Median)]);

    private static ArchitectureSearch Search(SearchSettings settings, ulong seed = 1) => new(
        "test", Space, settings, NetworkVariant.Causal, 10, Space.Definition.Input, new RandomStream(seed),
        new ToyEvaluator(new RandomStream(seed).Derive("noise"), 0.01));

    [Theory]
    [InlineData(RewardType.Absolute)]
    [InlineData(RewardType.Soft)]
    [InlineData(RewardType.Hard)]
    public void The_reward_is_that_of_all_terms(RewardType form)
    {
        var listener = new Recorder();
        var demands = Both;
        var settings = Quick with { Demands = demands with { Terms = [demands.Terms[0] with { Reward = form }] } };
        var search = Search(settings);
        search.Run(listener, null, Token);
        IReward second = form switch
        {
            RewardType.Absolute => new AbsoluteReward(MedianParameters, -0.3),
            RewardType.Soft => new SoftExponentialReward(MedianParameters, -0.3),
            _ => new HardExponentialReward(MedianParameters, -0.3),
        };
        foreach (var trial in listener.Reports.SelectMany(report => report.Trials).Where(trial => trial.Phase == TrialPhase.Search))
        {
            double expected = new AbsoluteReward(search.Window.Target, -0.2).Score(second.Score(trial.Quality, trial.Cost.TrainableParameters), trial.Cost.Macs);
            Assert.Equal(expected, trial.Reward, 12);
        }

        var last = listener.Reports[^1];
        Assert.Equal(last.Trials.Average(trial => trial.Cost.TrainableParameters) / MedianParameters, last.MeanCostRatios[1], 12);
        Assert.Equal(last.MeanCostRatio, last.MeanCostRatios[0]);
    }

    [Fact]
    public void What_is_chosen_meets_every_target_and_limit()
    {
        var search = Search(Quick with { Demands = Both });
        var result = search.Run(new Recorder(), null, Token);
        var limit = Both.Limits[0];
        foreach (var trial in new[] { result.MostProbableFeasible!, result.Repaired!, result.Best! }.Concat(result.Baseline))
        {
            Assert.InRange(trial.Cost.Macs / search.Window.Target, 0.9, 1.1);
            Assert.InRange(trial.Cost.TrainableParameters / MedianParameters, 0.9, 1.1);
            Assert.True(trial.Cost.PeakActivationBytes <= limit.Most);
        }

        Assert.Equal(result.Rescored.Where(trial => result.Feasible.Contains(trial.Cost)).Max(trial => trial.Quality), result.Best!.Quality);
        // The bounds matter: the window of the multiply-adds alone holds others as well.
        Assert.Contains(TestSpaces.All(Space), genotype => search.Window.Contains(Costs.Of(genotype)) && !search.Feasible.Contains(Costs.Of(genotype)));
    }

    [Fact]
    public void The_bound_that_cannot_be_met_is_named()
    {
        string Refusal(CostDemands demands) => Assert.Throws<InputException>(() => Search(Quick with { Demands = demands }).Run(new Recorder(), null, Token)).Message;
        var all = TestSpaces.All(Space).Select(genotype => Costs.Of(genotype)).ToArray();
        string alone = Refusal(new CostDemands([], [new CostLimit(CostObjective.Parameters, 100)]));
        Assert.StartsWith("no architecture of space 'tiny' is within the limit of 100 parameters: ", alone);
        Assert.Contains($"cost from {all.Min(cost => cost.TrainableParameters)} to", alone);
        Assert.DoesNotContain("macs", alone);
        string together = Refusal(new CostDemands([], [new CostLimit(CostObjective.Parameters, all.Min(cost => cost.TrainableParameters) + 1)]));
        Assert.Contains("meets all bounds together, though each is met alone", together);
        Assert.Contains("within 10% of the target", together);
    }

    [Fact]
    public void A_set_s_violation_is_the_sum_over_its_bounds()
    {
        var cost = new Cost(Macs: 130, MacsPerFrame: 1, PaperFlops: 1, TrainableParameters: 50, TotalParameters: 1, StreamStateBytes: 300, PeakActivationBytes: 1);
        var set = new FeasibleSet(new CostWindow(CostObjective.Macs, 100, 0.1), [new CostLimit(CostObjective.StreamStateBytes, 200)])
        {
            FurtherWindows = [new CostWindow(CostObjective.Parameters, 100, 0.1)],
        };
        Assert.Equal(0.2 + 0.4 + 0.5, set.Violation(cost), 12);
        Assert.False(set.Contains(cost));
        Assert.True(set.Contains(cost with { Macs = 100, TrainableParameters = 95, StreamStateBytes = 200 }));
        Assert.False(set.Contains(cost with { Macs = 100, StreamStateBytes = 200 }));
    }

    [Fact]
    public void Rejection_shows_neither_weights_nor_controller_what_is_infeasible()
    {
        var listener = new Recorder();
        var settings = Quick with { Demands = Both, Rejection = true, RejectionSamples = 200 };
        var search = Search(settings);
        var result = search.Run(listener, null, Token);
        foreach (var report in listener.Reports)
        {
            bool isWarmUp = report.Step < settings.WarmUpSteps;
            Assert.Equal(isWarmUp, report.FeasibleShare is null);
            Assert.Equal(isWarmUp, report.Draws == settings.Candidates && report.FeasibleShare is null);
            if (isWarmUp) continue;
            Assert.All(report.Trials, trial => Assert.True(search.Feasible.Contains(trial.Cost)));
            Assert.All(report.Trials, trial => Assert.Equal(trial.Quality, trial.Reward)); // no beta
            Assert.InRange(report.FeasibleShare!.Value, 0, 0.9);
        }

        Assert.True(listener.Reports.Sum(report => report.Draws) > 2 * settings.Steps * settings.Candidates);
        Assert.True(search.Feasible.Contains(result.MostProbableFeasible!.Cost));
        Assert.Empty(result.Advice); // betas have no say
    }

    [Fact]
    public void Rejection_finds_the_best_feasible_architecture_of_the_toy()
    {
        int found = 0;
        for (ulong seed = 1; seed <= 3; seed++)
        {
            var search = Search(Quick with { Steps = 2000, Demands = Both, Rejection = true, RejectionSamples = 200 }, seed);
            var result = search.Run(new Recorder(), null, Token);
            double best = TestSpaces.All(Space).Where(genotype => search.Feasible.Contains(Costs.Of(genotype))).Max(genotype => ToyEvaluator.Quality(Space.Resolve(genotype)));
            TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}: best {best:0.0000}, feasible {result.MostProbableFeasible!.Quality:0.0000}, random {result.BaselineMean:0.0000}");
            if (result.Best!.Quality >= best - 1e-12) found++;
        }

        Assert.True(found >= 2, $"{found} of 3");
    }
}
