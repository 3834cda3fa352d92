using System.Text;
using MoViNetNAS.Search;

namespace MoViNetNAS.Reporting.Tests;

/// <summary>What holds for every figure: four files, the same each time, texts as texts, of one column's width.</summary>
public sealed class FigureFileTests
{
    private const double PointsPerCentimetre = 72 / 2.54;

    public static TheoryData<string> Names => [.. All.Keys];

    private static Dictionary<string, Func<Figure>> All { get; } = new()
    {
        ["pareto"] = () => ParetoPlot.Draw(Samples.Figure),
        ["curves"] = () => SearchCurves.Draw(new CurvesFigure("quickstart", Samples.Steps(100))),
        ["memory"] = () => MemoryPlot.Draw(new MemoryFigure("Memory of A0", [new MemorySeries("streamed", [(1, 5_500_000), (5000, 5_500_000)]), new MemorySeries("at once", [(1, 8_000_000), (50, 380_000_000)])])),
        ["bench"] = () => BenchPlot.Draw(new BenchFigure("", [new BenchGroup("Kernels", [new BenchBar("3x3x3", "forward", 4.1), new BenchBar("1x5x5", "forward", 0.5)])])),
        ["costs"] = () => CostDistributionPlot.Draw(new CostDistributionFigure("Two spaces", CostObjective.MacsPerFrame, [CostDistribution.Of("a0", [1e8, 2e8, 3e8]), CostDistribution.Of("a1", [2e8, 4e8, 6e8])])),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_data_give_the_same_files(string name)
    {
        using Figure first = All[name](), second = All[name]();
        Assert.Equal(first.Svg(), second.Svg());
        Assert.Equal(first.Png(), second.Png());
        Assert.Equal(first.Pdf(), second.Pdf());
        Assert.Equal(first.Csv, second.Csv);
        Assert.Equal(first.Svg(), first.Svg()); // drawing changes nothing
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_pdf_is_one_column_wide_and_carries_its_font(string name)
    {
        string pdf = Encoding.Latin1.GetString(Drawn.Pdf(All[name]()));
        Assert.StartsWith("%PDF", pdf);
        Assert.Contains("/FontFile", pdf);
        Assert.DoesNotContain("CreationDate", pdf);
        string box = pdf[(pdf.IndexOf("/MediaBox [", StringComparison.Ordinal) + 11)..];
        Assert.Equal(8.5 * PointsPerCentimetre, double.Parse(box.Split(' ')[2]), 0.05);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_text_is_six_points_high_in_one_column_(string name)
    {
        string svg = Drawn.Svg(All[name]());
        var root = Drawn.Elements(svg, "svg").First();
        double width = double.Parse(root.Attribute("viewBox")!.Value.Split(' ')[2]);
        Assert.Equal(FigureSize.ColumnWidth, width);
        var texts = Drawn.Elements(svg, "text").ToList();
        Assert.True(texts.Count > 5);
        Assert.All(texts, text => Assert.True(double.Parse(text.Attribute("font-size")!.Value) * FigureSize.PointsPerUnit >= 5.99, $"'{text.Value}' has {text.Attribute("font-size")!.Value} units"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Data_have_a_header_and_as_many_cells_in_each_row(string name)
    {
        string[] lines = Drawn.CsvLines(All[name]());
        Assert.True(lines.Length > 1);
        Assert.All(lines, line => Assert.Equal(lines[0].Count(c => c == ','), line.Count(c => c == ',')));
    }

    [Fact]
    public void Pareto_data_have_a_row_for_each_mark()
    {
        string[] lines = Drawn.CsvLines(ParetoPlot.Draw(Samples.Figure));
        Assert.Equal("mark,name,macs,top1,run,phase,step,candidate,genotype", lines[0]);
        string[] first = lines[1].Split(',');
        Assert.Equal(["front", "quickstart", "1000000", "quickstart", "Search", "0", "0", "0:1:2"], [.. first[..3], .. first[4..]]);
        Assert.Equal(0.41, double.Parse(first[3]));
        Assert.Equal(
            [("front", 2), ("dominated", 47), ("pick", 1), ("reference", 2), ("target", 1)], // of 48 dominated trials one is of warm-up
            lines.Skip(1).GroupBy(line => line.Split(',')[0]).Select(group => (group.Key, group.Count())));
    }

    [Fact]
    public void Curve_data_are_the_steps()
    {
        var steps = Samples.Steps(3);
        string[] lines = Drawn.CsvLines(SearchCurves.Draw(new CurvesFigure("", steps)));
        Assert.Equal("step,top1,top1RunningMean,reward,rewardRunningMean,costRatio,costRatioRunningMean,entropy,entropyRunningMean", lines[0]);
        double[] cells = [.. lines[2].Split(',').Select(double.Parse)];
        Assert.Equal([1, steps[1].MeanQuality, steps[1].MeanReward, steps[1].MeanCostRatio, steps[1].MeanEntropy], new[] { cells[0], cells[1], cells[3], cells[5], cells[7] });
    }
}
