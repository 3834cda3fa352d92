using MoViNetNAS.Cli.Output;

namespace MoViNetNAS.Cli.Runs;

/// <summary>Prints the result of a search for people.</summary>
internal static class SummaryText
{
    public static void Write(Terminal terminal, SearchSummary summary)
    {
        terminal.Line(FormattableString.Invariant($"{summary.Run}: target {Units.Metric(summary.Target)} {summary.Objective} +- {summary.Tolerance:P0}, {summary.Trials} trials"));
        var rows = new List<IReadOnlyList<string>>();
        void Row(string name, SummaryPick? pick)
        {
            if (pick is not null)
                rows.Add([name, Units.Metric(pick.Cost), FormattableString.Invariant($"{pick.CostRatio:F3}"), Percent(pick.Quality), Units.Metric(pick.Parameters), pick.Genotype]);
        }

        Row("most probable", summary.MostProbable);
        if (summary.Targets is { Count: > 1 } targets)
            foreach (var target in targets) Row($"best at {Units.Metric(target.Target)}", target.Best);
        else Row(summary.MostProbable is null ? "result (best on target)" : "most probable on target", summary.Feasible);
        Row("most probable, moved onto target", summary.Repaired);
        if (summary.Targets is null) Row("best re-scored on target", summary.BestRescored);
        terminal.Table(["", "cost>", "/ target>", "top-1>", "parameters>", "genotype"], rows);
        if (summary.Feasible is null) terminal.Line("no architecture on target was found: widen search.tolerance or search longer.");
        foreach (var random in summary.Targets?.Select(target => target.RandomFeasible).OfType<BaselineSummary>() ?? (summary.RandomFeasible is { } only ? [only] : []))
            terminal.Line($"{random.Architectures} random architectures on target, scored the same way: mean {Percent(random.MeanQuality)}, standard deviation {Percent(random.StandardDeviation)}, best {Percent(random.BestQuality)}");
        terminal.Line(FormattableString.Invariant($"clips that went through the supernet: {Units.Metric(summary.TrainedClips)} to train, {Units.Metric(summary.ScoredClips)} to score"));
        if (summary.Targets is null)
            terminal.Line(FormattableString.Invariant($"mean entropy per decision: {summary.Entropy.Initial:F3} -> {summary.Entropy.Final:F3} nats ({summary.Entropy.FinalNormalized:P0} of uniform)"));
        terminal.Line($"files: {summary.Folder}");
    }

    private static string Percent(double share) => FormattableString.Invariant($"{100 * share:F1} %");
}
