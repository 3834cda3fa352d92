using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Reporting.Tests;

public sealed class CostDistributionTests
{
    [Fact]
    public void Quantiles_of_known_numbers()
    {
        var of = CostDistribution.Of("x", Enumerable.Range(0, 101).Select(i => (double)(100 - i)));
        Assert.Equal(new CostDistribution("x", 50, 5, 25, 50, 75, 95), of);
        Assert.Equal(new CostDistribution("two", 15, 10.5, 12.5, 15, 17.5, 19.5), CostDistribution.Of("two", [20, 10]));
        Assert.Equal(new CostDistribution("one", 7, 7, 7, 7, 7, 7), CostDistribution.Of("one", [7]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CostDistribution.Of("none", []));
    }

    [Fact]
    public void The_figure_names_spaces_and_shows_networks_over_the_space_of_their_name_only()
    {
        CostDistribution[] spaces = [CostDistribution.Of("a0", [1e8, 2e8, 3e8]), CostDistribution.Of("a1", [2e8, 4e8, 6e8])];
        string svg = Drawn.Svg(CostDistributionPlot.Draw(new CostDistributionFigure("Two spaces", CostObjective.MacsPerFrame, spaces) { Known = [new ReferencePoint("a0", 9e7, 0)] }));
        Assert.Matches(@">\s*a0\s*<", svg);
        Assert.Contains("Two spaces", svg);
        Assert.Contains("released network", svg);
        Assert.DoesNotContain("released network", Drawn.Svg(CostDistributionPlot.Draw(new CostDistributionFigure("", CostObjective.MacsPerFrame, spaces) { Known = [new ReferencePoint("t0", 9e7, 0)] })));
        Assert.Throws<InputException>(() => Drawn.Svg(CostDistributionPlot.Draw(new CostDistributionFigure("", CostObjective.MacsPerFrame, []) { Known = [] })));
        Assert.Contains("'free'", Assert.Throws<InputException>(() => Drawn.Svg(CostDistributionPlot.Draw(new CostDistributionFigure("", CostObjective.MacsPerFrame, [CostDistribution.Of("free", [0, 0])]) { Known = [] }))).Message);
    }
}
