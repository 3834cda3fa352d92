using System.CommandLine;
using MoViNetNAS.Cli.Bench;
using MoViNetNAS.Cli.Figures;
using MoViNetNAS.Reporting;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet figure latency`: milliseconds of a streamed frame, ours beside others, from a benchmark's table.</summary>
internal static class FigureLatencyVerb
{
    private const string Writer = "bench --output FOLDER", MedianSuffix = "_median_ms", LowerSuffix = "_lower_ms", UpperSuffix = "_upper_ms";

    // What a benchmark of streams is called, and its table: other sides are other sections.
    private static readonly Source[] Sources =
    [
        new("libtorch", "stream.csv", "frames_per_step", [], new() { ["compiled"] = "ours, compiled", ["ours"] = "our module" }),
        new("onnxruntime", "onnx.csv", "frames", new() { ["kind"] = "stream" }, new() { ["ours"] = "ours, compiled", ["onnxruntime"] = "OnnxRuntime" }),
    ];

    private static readonly Argument<string> Folder = DataFolder.Argument(Writer);
    private static readonly Option<int?> Threads = CommonOptions.WholeNumber("--threads", "Rows with this many threads (default: the fewest measured).", 1, 1024);
    private static readonly Option<int?> Frames = CommonOptions.WholeNumber("--frames-per-step", "Rows with this many frames a step (default: the fewest measured).", 1, 10_000);

    private static readonly Option<string> Against = CommonOptions.OneOf(
        "--against", "Which side ours is held against (default: what the folder has).", "", [.. Sources.Select(source => source.Against)]);

    public static Command Create()
    {
        var command = FigureOptions.With(new Command("latency", "Milliseconds of a streamed frame, side by side.") { Folder, Against, Threads, Frames });
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        string folder = parse.GetValue(Folder)!, against = parse.GetValue(Against)!;
        var source = Sources.FirstOrDefault(source => against.Length > 0 ? source.Against == against : File.Exists(Path.Combine(folder, source.File))) ?? Sources[0];
        var table = DataFolder.Read(folder, source.File, Writer, ["model", "resolution", source.FramesColumn, "threads", .. source.Only.Keys]);
        var streams = table.Rows.Where(row => source.Only.All(only => row.Text(only.Key) == only.Value)).ToList();
        if (streams.Count == 0) throw new InputException($"{table.Name} has no rows of streams.");
        int threads = Chosen(table, streams, "threads", parse.GetValue(Threads), "--threads");
        int frames = Chosen(table, streams, source.FramesColumn, parse.GetValue(Frames), "--frames-per-step");
        var rows = streams.Where(row => row.Whole("threads", 1) == threads && row.Whole(source.FramesColumn, 1) == frames).ToList();
        if (rows.Count == 0) throw new InputException($"{table.Name} has no rows of {threads} threads with {frames} frames a step.");
        string title = FigureOptions.TitleOr(parse, $"Streams, {StreamSection.PerStep(frames)}, {Numbers.Threads(threads)}");
        var figure = new LatencyFigure(title, [.. rows.SelectMany(row => Bars(table, row, source))]);
        return FigureOptions.Finish(parse, LatencyBars.Draw(figure, LatencyBars.SizeOf(figure, FigureOptions.Width(parse))), Path.Combine(folder, "latency"));
    }

    private static int Chosen(CsvTable table, List<CsvRow> rows, string column, int? asked, string option)
    {
        int[] known = [.. rows.Select(row => (int)row.Whole(column, 1)).Distinct().Order()];
        if (asked is not { } value) return known[0];
        return known.Contains(value) ? value : throw new InputException($"{option} {value} was not measured; {table.Name} has {string.Join(", ", known)}.");
    }

    // A side for each group of columns, whatever the benchmark compares; one that a network does not have is empty.
    private static IEnumerable<LatencyBar> Bars(CsvTable table, CsvRow row, Source source)
    {
        string network = $"{row.Text("model").ToUpperInvariant()}, {row.Text("resolution")}²";
        foreach (string column in table.Columns.Where(column => column.EndsWith(MedianSuffix, StringComparison.Ordinal)))
        {
            string side = column[..^MedianSuffix.Length];
            if (row.NumberOrNone(column) is { } median)
                yield return new LatencyBar(network, source.Sides.GetValueOrDefault(side, side), median, row.Number(side + LowerSuffix), row.Number(side + UpperSuffix));
        }
    }

    /// <param name="Against">Whom ours is held against.</param>
    /// <param name="File">The table.</param>
    /// <param name="FramesColumn">Its column of the frames of a step.</param>
    /// <param name="Only">What a row of a stream has in some columns.</param>
    /// <param name="Sides">What the sides of the columns are called.</param>
    private sealed record Source(string Against, string File, string FramesColumn, Dictionary<string, string> Only, Dictionary<string, string> Sides);
}
