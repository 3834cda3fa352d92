using System.CommandLine;
using MoViNetNAS.Cli.Bench;
using MoViNetNAS.Cli.Figures;
using MoViNetNAS.Reporting;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet figure latency`: milliseconds of a streamed frame, ours beside others, from a benchmark's table.</summary>
internal static class FigureLatencyVerb
{
    private const string Writer = "bench stream --output FOLDER", MedianSuffix = "_median_ms", LowerSuffix = "_lower_ms", UpperSuffix = "_upper_ms";

    private static readonly Argument<string> Folder = DataFolder.Argument(Writer);
    private static readonly Option<int?> Threads = CommonOptions.WholeNumber("--threads", "Rows with this many threads (default: the fewest measured).", 1, 1024);
    private static readonly Option<int?> Frames = CommonOptions.WholeNumber("--frames-per-step", "Rows with this many frames a step (default: the fewest measured).", 1, 10_000);

    public static Command Create()
    {
        var command = FigureOptions.With(new Command("latency", "Milliseconds of a streamed frame, side by side.") { Folder, Threads, Frames });
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        string folder = parse.GetValue(Folder)!;
        var table = DataFolder.Read(folder, "stream.csv", Writer, "model", "resolution", "frames_per_step", "threads");
        if (table.Rows.Count == 0) throw new InputException($"{table.Name} has no rows.");
        int threads = Chosen(table, "threads", parse.GetValue(Threads), "--threads"), frames = Chosen(table, "frames_per_step", parse.GetValue(Frames), "--frames-per-step");
        var rows = table.Rows.Where(row => row.Whole("threads", 1) == threads && row.Whole("frames_per_step", 1) == frames).ToList();
        if (rows.Count == 0) throw new InputException($"{table.Name} has no rows of {threads} threads with {frames} frames a step.");
        string title = FigureOptions.TitleOr(parse, $"Streams, {StreamSection.PerStep(frames)}, {Numbers.Threads(threads)}");
        var figure = new LatencyFigure(title, [.. rows.SelectMany(row => Bars(table, row))]);
        return FigureOptions.Finish(parse, LatencyBars.Draw(figure, LatencyBars.SizeOf(figure, FigureOptions.Width(parse))), Path.Combine(folder, "latency"));
    }

    private static int Chosen(CsvTable table, string column, int? asked, string option)
    {
        int[] known = [.. table.Rows.Select(row => (int)row.Whole(column, 1)).Distinct().Order()];
        if (asked is not { } value) return known[0];
        return known.Contains(value) ? value : throw new InputException($"{option} {value} was not measured; {table.Name} has {string.Join(", ", known)}.");
    }

    // A side for each group of columns, whatever the benchmark compares; one that a network does not have is empty.
    private static IEnumerable<LatencyBar> Bars(CsvTable table, CsvRow row)
    {
        string network = $"{row.Text("model").ToUpperInvariant()}, {row.Text("resolution")}²";
        foreach (string column in table.Columns.Where(column => column.EndsWith(MedianSuffix, StringComparison.Ordinal)))
        {
            string side = column[..^MedianSuffix.Length];
            if (row.NumberOrNone(column) is { } median)
                yield return new LatencyBar(network, side switch { "ours" => "our module", "compiled" => "ours, compiled", _ => side }, median, row.Number(side + LowerSuffix), row.Number(side + UpperSuffix));
        }
    }
}
