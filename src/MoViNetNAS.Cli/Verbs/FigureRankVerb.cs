using System.CommandLine;
using MoViNetNAS.Cli.Figures;
using MoViNetNAS.Reporting;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet figure rank`: scores with shared weights against accuracies of training alone, from a trust report.</summary>
internal static class FigureRankVerb
{
    private const string Writer = "trust RUN", Picture = "ranks";

    private static readonly Argument<string> Folder = DataFolder.Argument(Writer);

    public static Command Create()
    {
        var command = FigureOptions.With(new Command("rank", "Scores with shared weights against accuracies of training alone.") { Folder });
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        string folder = parse.GetValue(Folder)!;
        var table = DataFolder.Read(folder, Picture + ".csv", Writer, "score", "truth", "name");
        string cost = table.Columns.FirstOrDefault(CostObjectives.ByName.ContainsKey) ?? throw new InputException($"{table.Name}(1): has no column of a cost ({string.Join(", ", CostObjectives.ByName.Keys)}).");
        var figure = new RankFigure(
            FigureOptions.TitleOr(parse, ""), CostObjectives.ByName[cost],
            [.. table.Rows.Select(row => new RankPoint(row.Text("name"), row.Number("score"), row.Number("truth"), row.Number(cost)))]);
        return FigureOptions.Finish(parse, RankPlot.Draw(figure, FigureOptions.SizeOf(parse)), Path.Combine(folder, Picture));
    }
}
