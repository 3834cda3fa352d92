using FsCheck.Xunit;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search.Tests;

public sealed class FeasibleSearchTests
{
    private static readonly CostTable Costs = new(TestSpaces.Tiny, NetworkVariant.Causal, 10, TestSpaces.Tiny.Definition.Input);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void The_most_probable_feasible_genotype_is_that_of_an_enumeration(ulong seed)
    {
        var controller = TestSpaces.Policy(TestSpaces.Tiny, seed, spread: 3);
        var window = new CostWindow(CostObjective.Macs, CostSurvey.Draw(TestSpaces.Tiny, Costs, CostObjective.Macs, new RandomStream(1), 500).Median, 0.02);
        double best = TestSpaces.All(TestSpaces.Tiny)
            .Where(genotype => window.Contains(Costs.Of(genotype)))
            .Max(genotype => controller.LogProbability(genotype.Choices.AsSpan()));
        var found = FeasibleSearch.MostProbable(controller, Costs, window, new RandomStream(seed));
        Assert.NotNull(found);
        Assert.True(window.Contains(found.Cost));
        Assert.Equal(best, found.LogProbability, 9);
        Assert.Equal(found, FeasibleSearch.MostProbable(controller, Costs, window, new RandomStream(seed)));
    }

    [Property(MaxTest = 10)]
    public void An_argmax_on_target_is_its_own_repair(ulong seed)
    {
        var controller = TestSpaces.Policy(TestSpaces.Tiny, seed);
        var argmax = controller.ArgMax();
        var found = FeasibleSearch.Repaired(controller, Costs, new CostWindow(CostObjective.Macs, 1.01 * Costs.Of(argmax).Macs, 0.02));
        Assert.Equal(argmax, found!.Genotype);
    }

    [Fact]
    public void A_repair_keeps_the_depth_that_the_policy_favours()
    {
        var space = TestSpaces.Large;
        var table = new CostTable(space, NetworkVariant.Causal, 600, space.Definition.Input);
        var controller = TestSpaces.Policy(space, 1);
        var window = new CostWindow(CostObjective.Macs, 0.9 * table.Of(controller.ArgMax()).Macs, 0.02);
        var repaired = FeasibleSearch.Repaired(controller, table, window)!;
        var mostProbable = FeasibleSearch.MostProbable(controller, table, window, new RandomStream(1))!;
        int favoured = space.Resolve(controller.ArgMax()).LayerCount;
        Assert.True(window.Contains(repaired.Cost));
        Assert.InRange(space.Resolve(repaired.Genotype).LayerCount, favoured - 4, favoured + 4);
        Assert.True(mostProbable.LogProbability > repaired.LogProbability);
        Assert.True(space.Resolve(mostProbable.Genotype).LayerCount < favoured - 10);
    }

    [Fact]
    public void Candidates_are_different_and_on_target()
    {
        var window = new CostWindow(CostObjective.Macs, CostSurvey.Draw(TestSpaces.Tiny, Costs, CostObjective.Macs, new RandomStream(1), 500).Median, 0.05);
        var found = FeasibleSearch.Likeliest(TestSpaces.Policy(TestSpaces.Tiny, 1, spread: 8), Costs, window, new RandomStream(1), 16);
        Assert.Equal(16, found.Select(likely => likely.Genotype).Distinct().Count());
        Assert.All(found, likely => Assert.True(window.Contains(likely.Cost)));
        Assert.Equal(found.Max(likely => likely.LogProbability), found[0].LogProbability);
    }

    [Fact]
    public void Nothing_in_the_window_is_null() =>
        Assert.Null(FeasibleSearch.MostProbable(
            TestSpaces.Policy(TestSpaces.Tiny, 1), Costs, new CostWindow(CostObjective.Macs, 1, 0.05), new RandomStream(1)));

    [Fact]
    public void A_large_space_with_a_decided_policy_off_target_is_repaired()
    {
        var space = TestSpaces.Large;
        var table = new CostTable(space, NetworkVariant.Causal, 600, space.Definition.Input);
        var controller = TestSpaces.Policy(space, 1, spread: 6);
        var argmax = table.Of(controller.ArgMax());
        var window = new CostWindow(CostObjective.Macs, 0.7 * argmax.Macs, 0.02);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var found = FeasibleSearch.MostProbable(controller, table, window, new RandomStream(1));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{watch.Elapsed.TotalSeconds:0.0} s; argmax ln p {controller.LogProbability(controller.ArgMaxChoices()):0.00}, found {found?.LogProbability:0.00}");
        Assert.NotNull(found);
        Assert.True(window.Contains(found.Cost));
        Assert.True(found.LogProbability <= 0);
    }
}
