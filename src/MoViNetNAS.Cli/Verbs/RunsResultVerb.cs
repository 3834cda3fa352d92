using System.CommandLine;
using System.Globalization;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Reporting;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using MoViNetNAS.Store;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet runs result`: the result of a finished search, and what its decisions would cost otherwise.</summary>
internal static class RunsResultVerb
{
    private static readonly Argument<string> Name = new("run") { Description = "A run of the database." };

    private static readonly Option<bool> Alternatives = new("--alternatives")
    {
        Description = "Every decision of the result with each other option: its probability, and what the architecture would cost.",
    };

    public static Command Create()
    {
        var command = new Command("result", "Show the result of a finished search.") { Name, Alternatives, CommonOptions.Database, CommonOptions.Json };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var terminal = Terminal.Of(parse);
        string name = parse.GetValue(Name)!;
        using var store = RunStore.OpenReadOnly(parse.GetValue(CommonOptions.Database)!);
        var record = store.Run(name);
        var folder = new RunFolder(store.Path, name);
        var summary = SearchResults.Read(folder, name);
        if (!parse.GetValue(Alternatives))
        {
            if (parse.GetValue(CommonOptions.Json)) terminal.Json(summary);
            else SummaryText.Write(terminal, summary);
            return ExitCode.Done;
        }

        if (!File.Exists(folder.Alternatives))
            throw new InputException($"run '{name}' has no alternatives.csv: {(record.Algorithm == "random" ? "random search has no policy" : "it ended before that file was written")}.");
        var all = AlternativesCsv.Read(File.ReadAllLines(folder.Alternatives), folder.Alternatives);
        if (parse.GetValue(CommonOptions.Json)) terminal.Json(all);
        else Write(terminal, summary, all);
        return ExitCode.Done;
    }

    private static void Write(Terminal terminal, SearchSummary summary, IReadOnlyList<OptionCost> all)
    {
        CostObjective[] objectives = [.. CostObjectives.ByName.Values.Where(objective => objective != CostObjective.LatencyMs || all.All(of => of.Cost.LatencyMs is not null))];
        terminal.Line($"{summary.Run}: {summary.Feasible?.Genotype}, each decision otherwise; * is as chosen");
        terminal.Table(
            ["decision", "option", "probability>", .. objectives.Select(objective => CostObjectives.NameOf(objective) + ">"), ""],
            all.GroupBy(of => of.Path).SelectMany(decision => decision.Select(of => (IReadOnlyList<string>)
            [
                of.Path, of.Option + (of.IsChosen ? " *" : ""), FormattableString.Invariant($"{100 * of.Probability:F1} %"),
                .. objectives.Select(objective => Change(of.Cost.Of(objective), decision.First(option => option.IsChosen).Cost.Of(objective), of.IsChosen)),
                of.IsFeasible ? "" : "infeasible",
            ])));
    }

    private static string Change(double cost, double chosen, bool isChosen) => isChosen
        ? Units.Metric(cost)
        : chosen == 0 ? Units.Metric(cost) : ((cost / chosen - 1) * 100).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) + " %";
}
