using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Reporting.Tests;

public sealed class CostMarkTests
{
    private static readonly Trial[] Front = [Of(2_000_000, 0.2), Of(9_000_000, 0.6)];

    [Fact]
    public void Costs_in_sight_are_named_on_the_axis_and_others_in_the_legend_alone()
    {
        var figure = new ParetoFigure("", CostObjective.Macs, [new ParetoSeries("run", Front, [])]);
        Assert.DoesNotContain("cost only", Drawn.Svg(ParetoPlot.Draw(figure)));
        string inside = Drawn.Svg(ParetoPlot.Draw(figure with { CostMarks = [new ReferencePoint("N1", 4e6, 0), new ReferencePoint("N2", 8e9, 0)] }));
        Assert.Matches(@">\s*N1\s*<", inside);
        Assert.DoesNotMatch(@">\s*N2\s*<", inside);
        Assert.Contains("cost only: 4 M to 8 G", inside);
        Assert.DoesNotContain("beyond", inside);
        Assert.Contains("beyond this axis", Drawn.Svg(ParetoPlot.Draw(figure with { CostMarks = [new ReferencePoint("N2", 8e9, 0)] })));
    }

    [Fact]
    public void References_are_called_what_the_figure_says()
    {
        var figure = new ParetoFigure("", CostObjective.Macs, [new ParetoSeries("run", Front, [])]) { References = [new ReferencePoint("N1", 4e6, 0.4)], ReferenceLabel = "trained alone" };
        Assert.Contains("trained alone", Drawn.Svg(ParetoPlot.Draw(figure)));
    }

    private static Trial Of(long macs, double quality) => new("run", TrialPhase.Rescored, 0, 0, "0:1", quality, 64, quality, new Cost(macs, macs / 4, macs, 1000, 1000, 100, 100));
}
