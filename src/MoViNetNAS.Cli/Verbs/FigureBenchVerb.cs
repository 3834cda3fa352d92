using System.CommandLine;
using MoViNetNAS.Cli.Figures;
using MoViNetNAS.Reporting;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet figure bench`: the ratios of a benchmark as bars.</summary>
internal static class FigureBenchVerb
{
    private const string Writer = "bench --output FOLDER", Picture = "bench";

    private static readonly Argument<string> Folder = DataFolder.Argument(Writer);

    public static Command Create()
    {
        var command = FigureOptions.With(new Command("bench", "The ratios of a benchmark.") { Folder });
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        string folder = parse.GetValue(Folder)!;
        var table = DataFolder.Read(folder, Picture + ".csv", Writer, "group", "label", "series", "ratio");
        var figure = new BenchFigure(
            FigureOptions.TitleOr(parse, ""),
            [.. table.Rows.GroupBy(row => row.Text("group")).Select(group => new BenchGroup(group.Key, [.. group.Select(row => new BenchBar(row.Text("label"), row.Text("series"), row.Number("ratio")))]))]);
        return FigureOptions.Finish(parse, BenchPlot.Draw(figure, BenchPlot.SizeOf(figure, FigureOptions.Width(parse))), Path.Combine(folder, Picture));
    }
}
