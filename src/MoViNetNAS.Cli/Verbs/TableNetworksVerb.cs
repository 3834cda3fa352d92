using System.CommandLine;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Reports;
using MoViNetNAS.Cli.Tables;
using MoViNetNAS.Reporting;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using MoViNetNAS.Store;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet table networks`: networks with accuracy and costs.</summary>
internal static class TableNetworksVerb
{
    private static readonly Option<string[]> Runs = Several("--run", "The networks that were trained from this run; trainings that differ by their seed alone make one row.", "run");
    private static readonly Option<string[]> Checkpoints = Several("--checkpoint", "A trained network.", "folder");
    private static readonly Option<string[]> Models = Several("--model", $"A network by name, its costs alone: {string.Join(", ", NamedNetworks.Single)}.", "name");

    public static Command Create()
    {
        var command = new Command("networks", "Networks with top-1 over their seeds, multiply-adds, parameters, state and peak activation.")
        {
            Runs, Checkpoints, Models, NetworkOptions.Variant, NetworkOptions.Classes, TableFormat.Format, CommonOptions.Database,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        NetworkRow[] rows = [.. OfRuns(parse), .. OfCheckpoints(parse), .. OfModels(parse)];
        if (rows.Length == 0) throw new InputException("which networks? Give --run RUN, --checkpoint FOLDER or --model NAME; each may be repeated.");
        Terminal.Of(parse).Out.Write(TableFormat.Text(parse, NetworkTable.Of(rows)));
        return ExitCode.Done;
    }

    private static IEnumerable<NetworkRow> OfRuns(ParseResult parse)
    {
        string[] names = parse.GetValue(Runs)!;
        if (names.Length == 0) return [];
        string database = parse.GetValue(CommonOptions.Database)!;
        using var store = RunStore.OpenReadOnly(database);
        return [.. names.SelectMany(name =>
        {
            store.Run(name); // that there is one
            ModelRecord[] models = [.. store.Models().Where(model => model.Run == name)];
            return models.Length > 0
                ? NetworkBlocks.Rows(models.Select(model => ReportedModel.Of(model, database)))
                : throw new InputException($"no network was trained from run '{name}' yet; `movinet train --run {name} --pick feasible` does.");
        })];
    }

    private static IEnumerable<NetworkRow> OfCheckpoints(ParseResult parse) => parse.GetValue(Checkpoints)!.Select(ModelCheckpoint.ReadCard).Select(card => new NetworkRow(
        card.Name, card.Design.VariantName, card.TestedClips > 0 ? SampleSummary.Of([card.Top1]) : null, card.TestedClips > 0 ? card.TestedClips : null,
        CostModel.Of(card.Design, card.Classes.Count, card.Input)));

    private static IEnumerable<NetworkRow> OfModels(ParseResult parse) => parse.GetValue(Models)!.Select(name => NamedNetworks.Get(name, NetworkVariant.ByName[parse.GetValue(NetworkOptions.Variant)!]))
        .Select(design => new NetworkRow(design.Name, design.VariantName, null, null, CostModel.Of(design, NetworkOptions.ReadClasses(parse))));

    private static Option<string[]> Several(string name, string description, string help) => new(name)
    {
        Description = $"{description} May be repeated.",
        HelpName = help,
        DefaultValueFactory = _ => [],
    };
}
