using System.CommandLine;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Tabular;
using MoViNetNAS.Search;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet tabular show`: what a table holds, and how far it can be trusted.</summary>
internal static class TabularShowVerb
{
    private static readonly Argument<string> Folder = new("folder") { Description = "Folder of the benchmark, for example results/micro." };
    private static readonly Option<int?> Top = CommonOptions.WholeNumber("--top", "How many of the best architectures are listed (default: 10).", 0, 20_000);

    public static Command Create()
    {
        var command = new Command("show", "Accuracies, noise of seeds, rank correlations and the best architectures of a table.") { Folder, Top, CommonOptions.Json };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var terminal = Terminal.Of(parse);
        var benchmark = TabularFiles.Load(parse.GetValue(Folder)!);
        var summary = TabularSummary.Of(benchmark);
        var best = benchmark.Entries.OrderByDescending(entry => entry.MeanTest).Take(parse.GetValue(Top) ?? 10).ToList();
        if (parse.GetValue(CommonOptions.Json))
        {
            terminal.Json(new { benchmark.Recipe, Space = benchmark.Space.Hash, summary, best = best.Select(entry => new { Genotype = $"{entry.Genotype}", entry.MeanTest, entry.Cost }) });
            return ExitCode.Done;
        }

        var recipe = benchmark.Recipe;
        terminal.Line($"{recipe.Name}: all {summary.Architectures} architectures of space '{benchmark.Space.Name}', each trained for {recipe.Epochs[^1]} epochs of {recipe.ClipsPerEpoch} clips from {recipe.Seeds.Length} seeds");
        terminal.Line($"test accuracy: {Percent(summary.Least)} to {Percent(summary.Greatest)}, quartiles {string.Join(", ", summary.Quartiles.Select(Percent))}");
        if (summary.SeedDeviation is { } deviation) terminal.Line($"from seed to seed: standard deviation {Percent(deviation)}, tau-b {Tau(summary.SeedTau)}: the ceiling of what one training tells");
        terminal.Line($"tau-b with test accuracy: score split of the same training {Tau(summary.ScoreTau)}, multiply-adds {Tau(summary.MacsTau)}, parameters {Tau(summary.ParametersTau)}");
        terminal.Line($"{Units.Duration(TimeSpan.FromSeconds(summary.Seconds))} of training on {recipe.Machine}");
        terminal.Table(
            ["test>", "score>", "macs>", "parameters>", "genotype"],
            best.Select(entry => (IReadOnlyList<string>)[Percent(entry.MeanTest), Percent(entry.MeanScore), Units.Metric(entry.Cost.Macs), Units.Metric(entry.Cost.TrainableParameters), $"{entry.Genotype}"]));
        return ExitCode.Done;
    }

    private static string Percent(double share) => FormattableString.Invariant($"{100 * share:F1} %");

    private static string Tau(double? tau) => tau is { } value ? FormattableString.Invariant($"{value:F2}") : "-";
}
