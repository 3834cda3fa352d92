using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Reporting.Tests;

/// <summary>Figures of data that leave little room: long names, many series, marks close together. <see cref="Drawn.Keep"/> holds their labels apart.</summary>
public sealed class UnkindFigureTests
{
    private const string Long = "What the search found on the silhouettes of nine people, leaving one person out at a time";

    private static readonly string[] Methods = ["random search", "TuNAS controller", "evolution (SPOS)", "regularized evolution", "local search", "NSGA-II", "successive halving"];

    private static Dictionary<string, Func<FigureSize, Figure>> All { get; } = new()
    {
        ["anytime"] = size => AnytimePlot.Draw(new AnytimeFigure(Long, "Evaluated architectures", "Best top-1", [.. Methods.Select((name, i) => ComparisonFigureTests.Band(name, (ulong)i + 1, 0.8))]) { IsPercent = true }, size),
        ["attainment"] = size => AttainmentPlot.Draw(new AttainmentFigure(Long, CostObjective.PeakActivationBytes, [.. Methods.Select((name, i) => ComparisonFigureTests.Surface(name, (ulong)i + 1, 0.01 * i))]), size),
        ["rank"] = size => RankPlot.Draw(new RankFigure(Long, CostObjective.Macs, [.. ComparisonFigureTests.Ranked(3)]), size),
        ["curves"] = size => SearchCurves.Draw(new CurvesFigure(Long, Samples.Steps(27_050)), new FigureSize(size.Width, SearchCurves.DefaultSize.Height)),
        ["memory"] = size => MemoryPlot.Draw(new MemoryFigure(Long, [.. Methods.Select((name, i) => new MemorySeries(name, [(1, 5_000_000L << i), (5000, 6_000_000L << i)]))]), size),
        ["pareto, many runs"] = size => ParetoPlot.Draw(Samples.Figure with { Title = Long, Series = [.. Methods.Select(name => Samples.Figure.Series[0] with { Name = name })] }, size),
        ["pareto, close references"] = size => ParetoPlot.Draw(
            Samples.Figure with { References = [.. Enumerable.Range(0, 6).Select(i => new ReferencePoint($"MoViNet-A{i}-Base", 2_500_000 + 20_000 * i, 0.45 + 0.002 * i))] }, size),
        ["pareto, close costs"] = size => ParetoPlot.Draw(
            Samples.Figure with { CostMarks = [.. Enumerable.Range(0, 6).Select(i => new ReferencePoint($"MoViNet-A{i}-Base", 2_500_000 + 20_000 * i, 0))] }, size),
        ["pareto, one trial"] = size => ParetoPlot.Draw(new ParetoFigure("", CostObjective.Macs, [new ParetoSeries("one", [Samples.Trial(TrialPhase.Search, 0, 1_234_567, 0.5)], [])]), size),
        ["costs"] = size => CostDistributionPlot.Draw(
            new CostDistributionFigure(Long, CostObjective.MacsPerFrame, [.. Enumerable.Range(0, 7).Select(i => CostDistribution.Of($"a{i}", [1e8 * (i + 1), 2e8 * (i + 1), 3e8 * (i + 1)]))]), size),
        ["frames"] = size => AccuracyPerFrame.Draw(
            new FrameAccuracyFigure(Long, [.. Methods.Select((name, i) => new FrameAccuracySeries(name, 200, [.. Enumerable.Range(1, 120).Select(t => Math.Min(200, t + 10 * i))]))]), size),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Labels_stay_apart_in_a_column_and_on_a_page(string name)
    {
        string file = "unkind-" + name.Replace(", ", "-", StringComparison.Ordinal).Replace(' ', '-');
        Drawn.Keep(All[name](FigureSize.Column), file);
        Drawn.Keep(All[name](FigureSize.Page), file + "-page");
    }

    [Fact]
    public void Labels_of_confusions_and_latencies_stay_apart()
    {
        string[] classes = [.. Enumerable.Range(1, 30).Select(i => $"pretending to put something number {i} behind something")];
        Drawn.Keep(ConfusionMatrix.Draw(new ConfusionFigure(Long, classes, [.. classes.Select((_, i) => (IReadOnlyList<int>)[.. classes.Select((_, j) => i == j ? 12_345 : 678)])])), "unkind-confusion");
        var latency = new LatencyFigure(Long, [.. Enumerable.Range(0, 7).SelectMany(i => new[] { new LatencyBar($"Network {i}, 320²", "ours, compiled", 1.5, 1.2, 44), new LatencyBar($"Network {i}, 320²", "OnnxRuntime", 321.5, 120, 344) })]);
        Drawn.Keep(LatencyBars.Draw(latency, LatencyBars.SizeOf(latency, FigureSize.ColumnWidth)), "unkind-latency");
        var bench = new BenchFigure(Long, [new BenchGroup("Depthwise convolution, forward and both gradients", [.. Methods.Select(name => new BenchBar("5x3x3, C 184, T 16, 22x22", name, 12.3))])]);
        Drawn.Keep(BenchPlot.Draw(bench, BenchPlot.SizeOf(bench, FigureSize.Page.Width)), "unkind-bench");
    }
}
