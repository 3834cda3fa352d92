using System.CommandLine;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Reports;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Cli.Tables;
using MoViNetNAS.Reporting;
using MoViNetNAS.Spaces;
using MoViNetNAS.Store;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet table architecture`: a network layer by layer.</summary>
internal static class TableArchitectureVerb
{
    private static readonly Option<string?> From = new("--run") { Description = "Take the network from this search run, as the search built it.", HelpName = "run" };

    private static readonly Option<string> Pick = new("--pick") { Description = $"Which one: {PickedNetwork.Names}.", HelpName = "pick", DefaultValueFactory = _ => "feasible" };

    public static Command Create()
    {
        var command = new Command("architecture", "A network layer by layer: kernel, widths, squeeze-excite, output, multiply-adds, parameters.") { From, Pick, TableFormat.Format, CommonOptions.Database };
        foreach (var option in NetworkOptions.All) command.Add(option);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        Terminal.Of(parse).Out.Write(TableFormat.Text(parse, parse.GetValue(From) is { } run ? OfRun(parse, run) : OfNetwork(parse)));
        return ExitCode.Done;
    }

    private static TextTable OfRun(ParseResult parse, string name)
    {
        ExperimentOptions.RequireAlone(parse, "--run", [.. NetworkOptions.All]);
        string database = parse.GetValue(CommonOptions.Database)!;
        using var store = RunStore.OpenReadOnly(database);
        var genotype = PickedNetwork.From(store.Run(name), parse.GetValue(Pick)!, store).Genotype;
        var run = ReportedRun.Load(store, database, name);
        var design = run.Design($"{genotype}");
        return ArchitectureTable.Of(design, design.Input, run.Classes);
    }

    private static TextTable OfNetwork(ParseResult parse)
    {
        ExperimentOptions.RequireAlone(parse, "a network without --run", Pick, CommonOptions.Database);
        var network = NetworkOptions.Read(parse);
        return network.Design is MoViNetDesign design
            ? ArchitectureTable.Of(design, network.Input, network.Classes)
            : throw new InputException($"'{network.Model}' is not a MoViNet; `movinet space show --model {network.Model}` prints its layers.");
    }
}
