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
