using System.CommandLine;
using MoViNetNAS.Cli.Figures;
using MoViNetNAS.Reporting;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet figure costs`: how the costs of scaled spaces are spread.</summary>
internal static class FigureCostsVerb
{
    private const string Writer = "space scale --report FOLDER", Picture = "costs";

    private static readonly Argument<string> Folder = DataFolder.Argument(Writer);

    public static Command Create()
    {
        var command = FigureOptions.With(new Command("costs", "How the costs of scaled spaces are spread.") { Folder });
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        string folder = parse.GetValue(Folder)!;
        var table = DataFolder.Read(folder, Picture + ".csv", Writer, "mark", "name", "q05", "q25", "median", "q75", "q95");
        string cost = table.Columns.FirstOrDefault(CostObjectives.ByName.ContainsKey) ?? throw new InputException($"{table.Name}(1): has no column of a cost ({string.Join(", ", CostObjectives.ByName.Keys)}).");
        var (spaces, known) = (table.Rows.Where(row => row.Text("mark") == "space"), table.Rows.Where(row => row.Text("mark") == "network"));
        var figure = new CostDistributionFigure(
            FigureOptions.TitleOr(parse, ""), CostObjectives.ByName[cost],
            [.. spaces.Select(row => new CostDistribution(row.Text("name"), row.Number(cost), row.Number("q05"), row.Number("q25"), row.Number("median"), row.Number("q75"), row.Number("q95")))])
        {
            Known = [.. known.Select(row => new ReferencePoint(row.Text("name"), row.Number(cost), 0))],
        };
        return FigureOptions.Finish(parse, CostDistributionPlot.Draw(figure, FigureOptions.SizeOf(parse)), Path.Combine(folder, Picture));
    }
}
