using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Reporting.Tests;

/// <summary>Figures of data that leave little room: long names, many series, marks close together. <see cref="Drawn.Keep"/> holds their labels apart.</summary>
public sealed class UnkindFigureTests
{
    private const string Long = "What the search found on the silhouettes of nine people, leaving one person out at a time";

    private static readonly string[] Methods = ["random search", "TuNAS controller", "evolution (SPOS)", "regularized evolution", "local search", "NSGA-II", "successive halving"];

    private static readonly string[] LongNames = ["regularized evolution with warm-up from the controller's last policy", "silhouettes-leave-one-person-out-with-shifted-frames-and-noise-seed-0123456789"];

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
        ["anytime, long names"] = size => AnytimePlot.Draw(
            new AnytimeFigure("", "Evaluated architectures of the search space, each scored on the whole held-out split", "Best top-1 of networks that share weights", [.. LongNames.Select((name, i) => ComparisonFigureTests.Band(name, (ulong)i + 1, 0.8))]), size),
        ["anytime, one point"] = size => AnytimePlot.Draw(new AnytimeFigure("", "Steps", "Top-1", [new AnytimeSeries("one", AnytimeBand.Of([AnytimeCurve.Best([(1_234_567, 0.123_456_7)])], [1_234_567]))]) { IsLogarithmic = true }, size),
        ["attainment, long names"] = size => AttainmentPlot.Draw(new AttainmentFigure("", CostObjective.LatencyMs, [.. LongNames.Select((name, i) => ComparisonFigureTests.Surface(name, (ulong)i + 1, 0.01 * i))]), size),
        ["attainment, one point"] = size => AttainmentPlot.Draw(new AttainmentFigure("", CostObjective.Macs, [AttainmentSeries.Of("one", [[(5e6, 0.5)]])]), size),
        ["rank, one point"] = size => RankPlot.Draw(new RankFigure("", CostObjective.PeakActivationBytes, [.. ComparisonFigureTests.Ranked(1)]), size),
        ["rank, long labels"] = size => RankPlot.Draw(new RankFigure("", CostObjective.Macs, [.. ComparisonFigureTests.Ranked(9)]) { ScoreLabel = LongNames[0] + " (%)", TruthLabel = LongNames[1] + " (%)" }, size),
        ["curves, one step"] = size => SearchCurves.Draw(
            new CurvesFigure("", [.. Samples.Steps(1).Select(step => step with { MeanCostRatio = 1.2e7, MeanReward = -3.2e5 })]), new FigureSize(size.Width, SearchCurves.DefaultSize.Height)),
        ["memory, long names"] = size => MemoryPlot.Draw(
            new MemoryFigure("", [.. LongNames.Select((name, i) => new MemorySeries(name, [(1, 5_000L << i), (8_000_000, 6_000_000_000L << i)]))]) { Work = "training and of inference" }, size),
        ["memory, one point"] = size => MemoryPlot.Draw(new MemoryFigure("", [new MemorySeries("one", [(1, 1)])]), size),
        ["pareto, two references"] = size => ParetoPlot.Draw(Samples.Figure with { References = [new ReferencePoint("A0", 2_500_000, 0.45), new ReferencePoint("A0 Stream", 2_510_000, 0.451)] }, size),
        ["pareto, long names"] = size => ParetoPlot.Draw(
            Samples.Figure with
            {
                Title = string.Concat(Enumerable.Repeat("quickstart-", 12)),
                Series = [.. LongNames.Select(name => Samples.Figure.Series[0] with { Name = name })],
                Picks = [.. Samples.Figure.Picks.Select(pick => pick with { Label = LongNames[0] })],
                References = [new ReferencePoint(LongNames[1], 2_500_000, 0.45)],
                QualityLabel = LongNames[0] + " (%)",
            },
            size),
        ["costs, long names"] = size => CostDistributionPlot.Draw(
            new CostDistributionFigure("", CostObjective.MacsPerFrame, [.. Enumerable.Range(0, 7).Select(i => CostDistribution.Of($"silhouettes-of-person-{i}", [1e8 * (i + 1), 3e8 * (i + 1)]))]), size),
        ["costs, one space"] = size => CostDistributionPlot.Draw(new CostDistributionFigure("", CostObjective.LatencyMs, [CostDistribution.Of(LongNames[0], [0.001_234])]), size),
        ["costs, many spaces"] = size => CostDistributionPlot.Draw(new CostDistributionFigure("", CostObjective.Macs, [.. Enumerable.Range(1, 60).Select(i => CostDistribution.Of($"space {i}", [1e6 * i]))]), size),
        ["frames, one frame"] = size => AccuracyPerFrame.Draw(new FrameAccuracyFigure("", [.. LongNames.Select(name => new FrameAccuracySeries(name, 123_456, [60_000]))]) { Chance = 0.5 }, size),
        ["choices"] = size => Fit(size, new ChoiceFigure(Long, [100_000, 200_000, 300_000], Tracks(1)), ChoiceHeatMap.SizeOf, ChoiceHeatMap.Draw),
        ["choices, many"] = size => Fit(size, new ChoiceFigure(Long, [1_000_000, 2_000_000, 3_000_000], Tracks(9)), ChoiceHeatMap.SizeOf, ChoiceHeatMap.Draw),
        ["choices, one step"] = size => Fit(size, new ChoiceFigure("", [7], [new ChoiceTrack("stem/width", DecisionTag.Width, "8", [0.5])]), ChoiceHeatMap.SizeOf, ChoiceHeatMap.Draw),
        ["entropy"] = size => Fit(size, new EntropyFigure(Long, [1, 2, 3], [.. Tracks(9).Select(track => new EntropyTrack(track.Path, track.Tag, 3, track.Probabilities))]), EntropyHeatMap.SizeOf, EntropyHeatMap.Draw),
        ["entropy, one step"] = size => Fit(size, new EntropyFigure(Long, [123_456_789], [new EntropyTrack("stem/width", DecisionTag.Width, 3, [1])]), EntropyHeatMap.SizeOf, EntropyHeatMap.Draw),
        ["architecture, long title"] = size => ArchitectureDiagram.Draw(new ArchitectureFigure(Long, ReleasedArchitectures.ByName["a5"]), ArchitectureDiagram.SizeOf(size.Width)),
        ["architecture, tiny"] = size => ArchitectureDiagram.Draw(new ArchitectureFigure("", SpaceFile.Load(Repository.Space("tiny")).Largest()), ArchitectureDiagram.SizeOf(size.Width)),
        ["architecture, one layer"] = size => ArchitectureDiagram.Draw(new ArchitectureFigure("", OneLayer), ArchitectureDiagram.SizeOf(size.Width)),
        ["architecture, shallow blocks"] = size => ArchitectureDiagram.Draw(new ArchitectureFigure("", Shallow), ArchitectureDiagram.SizeOf(size.Width)),
        ["architecture, many blocks"] = size => ArchitectureDiagram.Draw(new ArchitectureFigure("", Many), ArchitectureDiagram.SizeOf(size.Width)),
        ["confusion, one class"] = size => Fit(size, new ConfusionFigure(Long, [LongNames[0]], [[1_234_567]]), ConfusionMatrix.SizeOf, ConfusionMatrix.Draw),
        ["confusion, many classes"] = size => Fit(
            size, new ConfusionFigure("", [.. Enumerable.Range(1, 101).Select(i => $"{i} of a hundred classes")], [.. Enumerable.Range(1, 101).Select(i => (IReadOnlyList<int>)[.. Enumerable.Range(1, 101).Select(j => i + j)])]),
            ConfusionMatrix.SizeOf, ConfusionMatrix.Draw),
        ["latency, long names"] = size => Fit(
            size, new LatencyFigure(Long, [.. LongNames.SelectMany(network => LongNames.Select((side, i) => new LatencyBar(network, side, 1.5 + i, 1.2, 44)))]) { IntervalName = "median of nine runs and their quartiles" },
            LatencyBars.SizeOf, LatencyBars.Draw),
        ["latency, one bar"] = size => Fit(size, new LatencyFigure("", [new LatencyBar("A0", "ours", 1234, 1234, 1234)]), LatencyBars.SizeOf, LatencyBars.Draw),
        ["bench, long names"] = size => Fit(
            size, new BenchFigure(Long, [.. LongNames.Select(group => new BenchGroup(group, [.. LongNames.Select((name, i) => new BenchBar(name, name, i == 0 ? 0.012 : 123))]))]), BenchPlot.SizeOf, BenchPlot.Draw),
        ["bench, one bar"] = size => Fit(size, new BenchFigure("", [new BenchGroup("Kernels", [new BenchBar("5x3x3, C 184, T 16, 22x22", "forward", 1)])]), BenchPlot.SizeOf, BenchPlot.Draw),
    };

    private static Architecture OneLayer
    {
        get
        {
            var network = ReleasedArchitectures.ByName["a0"];
            return network with { Blocks = [network.Blocks[0] with { Layers = [network.Blocks[0].Layers[0]] }] };
        }
    }

    /// <summary>One deep block beside others of one layer, whose names want more room than their layers.</summary>
    private static Architecture Shallow
    {
        get
        {
            var network = ReleasedArchitectures.ByName["a5"];
            return network with { Blocks = [.. network.Blocks.Select((block, i) => i < 4 ? block with { Layers = [block.Layers[0]] } : block)] };
        }
    }

    /// <summary>More blocks than a column has room to name.</summary>
    private static Architecture Many
    {
        get
        {
            var network = ReleasedArchitectures.ByName["a0"];
            return network with { Blocks = [.. Enumerable.Range(0, 24).Select(i => network.Blocks[^1] with { Layers = [network.Blocks[^1].Layers[i % 4]], Stride = 1 })] };
        }
    }

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

    private static Figure Fit<T>(FigureSize size, T figure, Func<T, int, FigureSize> sizeOf, Func<T, FigureSize?, Figure> draw) => draw(figure, sizeOf(figure, size.Width));

    // Decisions of every kind in three blocks, with long options.
    private static ChoiceTrack[] Tracks(int layers) =>
    [
        .. Enum.GetValues<DecisionTag>().SelectMany(tag => Enumerable.Range(2, 3).SelectMany(block => Enumerable.Range(1, layers).Select(layer =>
            new ChoiceTrack($"block{block}/layer{layer}/{tag}", tag, "an option with a long name indeed", [0.3, 0.5, 0.9])))),
    ];
}
