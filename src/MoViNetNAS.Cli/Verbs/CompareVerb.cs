using System.CommandLine;
using MoViNetNAS.Cli.Compare;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Cli.Tabular;
using MoViNetNAS.Spaces;
using MoViNetNAS.Store;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet compare`: search methods against each other at equal compute.</summary>
internal static class CompareVerb
{
    private static readonly Argument<string> File = new("file") { Description = "A comparison, for example experiments/compare-micro.json." };

    public static Command Create()
    {
        var command = new Command("compare", "Run search methods from several seeds at equal compute, and test which is better; run again, it goes on.")
        {
            File, ExperimentOptions.Data, CommonOptions.Set, CommonOptions.Database, CommonOptions.Device, CommonOptions.Threads, CommonOptions.Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var terminal = Terminal.Of(parse);
        using var interruption = new Interruption(terminal.Error);
        var comparison = Comparison.Load(parse.GetValue(File)!, parse.GetValue(CommonOptions.Set)!);
        string device = parse.GetValue(CommonOptions.Device)!;
        int threads = parse.GetValue(CommonOptions.Threads) ?? Environment.ProcessorCount;
        Devices.UseThreads(threads);
        interruption.ResumeCommand = "./movinet " + string.Join(' ', Environment.GetCommandLineArgs().Skip(1));
        var machine = RunMachine.Here(device, threads);
        var folder = new RunFolder(parse.GetValue(CommonOptions.Database)!, comparison.Name);
        var (results, best, setting) = comparison.Benchmark is { } benchmark
            ? OnTable(comparison, benchmark, parse, terminal, interruption)
            : BySearches(comparison, parse, terminal, interruption, machine);
        var summaries = MethodSummary.Of(comparison, results, best);
        ComparisonFiles.Write(folder.Path, comparison, results, summaries, setting, machine.Command, machine.Text);
        if (parse.GetValue(CommonOptions.Json))
        {
            terminal.Json(summaries);
        }
        else
        {
            terminal.Line(setting);
            terminal.Out.Write(ComparisonFiles.Table(comparison, summaries).ToText());
        }

        terminal.Note($"files: {folder.Path}");
        return ExitCode.Done;
    }

    private static (IReadOnlyList<MethodResult>, double?, string) OnTable(
        Comparison comparison, string folder, ParseResult parse, Terminal terminal, Interruption interruption)
    {
        ExperimentOptions.RequireAlone(parse, "a comparison on a table", ExperimentOptions.Data, CommonOptions.Device);
        var benchmark = TabularFiles.Load(folder);
        var table = new TabularComparison(comparison, benchmark);
        var results = interruption.Run(cancellation => table.Run(terminal, cancellation));
        string bound = comparison switch
        {
            { Beta: { } beta } => FormattableString.Invariant($"accuracy {beta:R} |cost / {Units.Metric(table.Target)} - 1| is maximised"),
            { Tolerance: { } tolerance } => FormattableString.Invariant($"within {tolerance:0.#%} of {Units.Metric(table.Target)}"),
            _ => $"at most {Units.Metric(table.Target)}",
        };
        string setting = $"Benchmark {benchmark.Recipe.Name}, {comparison.Objective} {bound}: {benchmark.Entries.Count(entry => table.Feasible.Contains(entry.Cost))} of {benchmark.Entries.Length} architectures, " +
            FormattableString.Invariant($"the best of which has {100 * table.Best.MeanTest:F1} % test accuracy{(comparison.Beta is null ? "" : $" and a reward of {100 * table.Worth(table.Best):F1} points")}; {comparison.Evaluations} trainings a search.");
        return (results, table.Worth(table.Best), setting);
    }

    private static (IReadOnlyList<MethodResult>, double?, string) BySearches(
        Comparison comparison, ParseResult parse, Terminal terminal, Interruption interruption, RunMachine machine)
    {
        using var store = RunStore.Open(parse.GetValue(CommonOptions.Database)!);
        var searches = new SearchComparison(comparison, parse.GetValue(ExperimentOptions.Data), store, terminal, machine);
        var results = interruption.Run(searches.Run);
        return (results, null, searches.Setting);
    }
}
