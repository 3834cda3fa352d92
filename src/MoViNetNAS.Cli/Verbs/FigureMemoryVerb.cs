using System.CommandLine;
using MoViNetNAS.Cli.Bench;
using MoViNetNAS.Cli.Figures;
using MoViNetNAS.Reporting;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet figure memory`: memory against the frames of a clip, from a benchmark's table.</summary>
internal static class FigureMemoryVerb
{
    private const string Writer = "bench memory --output FOLDER";

    private static readonly Argument<string> Folder = DataFolder.Argument(Writer);
    private static readonly Option<bool> Training = new("--training") { Description = "Of training updates (subclips.csv), not of inference (memory.csv)." };

    public static Command Create()
    {
        var command = FigureOptions.With(new Command("memory", "Memory against the frames of a clip.") { Folder, Training });
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        string folder = parse.GetValue(Folder)!;
        bool isTraining = parse.GetValue(Training);
        var table = DataFolder.Read(folder, isTraining ? "subclips.csv" : "memory.csv", isTraining ? "bench subclips --output FOLDER" : Writer, "model", "resolution", "side", "frames", "bytes");
        MemoryRow[] rows = [.. table.Rows.Select(row => new MemoryRow(row.Text("side"), (int)row.Whole("frames", 1), row.Whole("bytes")))];
        if (rows.Length == 0) throw new InputException($"{table.Name} has no rows.");
        string model = table.Rows[0].Text("model");
        int resolution = (int)table.Rows[0].Whole("resolution", 1);
        var figure = isTraining ? MemoryRows.TrainingFigure(model, resolution, rows) : MemoryRows.InferenceFigure(model, resolution, rows);
        figure = figure with { Title = FigureOptions.TitleOr(parse, figure.Title) };
        return FigureOptions.Finish(parse, MemoryPlot.Draw(figure, FigureOptions.SizeOf(parse)), Path.Combine(folder, isTraining ? "memory-subclips" : "memory-frames"));
    }
}
