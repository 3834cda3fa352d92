using MoViNetNAS.Cli.Output;

namespace MoViNetNAS.Cli.Runs;

/// <summary>Prints the result of a search for people.</summary>
internal static class SummaryText
{
    private const int ShownUndecided = 10;

    public static void Write(Terminal terminal, SearchSummary summary)
    {
        terminal.Line(FormattableString.Invariant($"{summary.Run}: target {Units.Metric(summary.Target)} {summary.Objective} +- {summary.Tolerance:P0}, {summary.Trials} trials"));
        if (Bounds(summary) is { } bounds) terminal.Line(bounds);
        var rows = new List<IReadOnlyList<string>>();
        void Row(string name, SummaryPick? pick)
        {
            if (pick is not null)
                rows.Add([name, Units.Metric(pick.Cost), FormattableString.Invariant($"{pick.CostRatio:F3}"), Percent(pick.Quality), Units.Metric(pick.Parameters), .. FurtherCosts(summary, pick), pick.Genotype]);
        }

        Row("most probable", summary.MostProbable);
        if (summary.Targets is { Count: > 1 } targets)
            foreach (var target in targets) Row($"best at {Units.Metric(target.Target)}", target.Best);
        else Row(summary.MostProbable is null ? "result (best on target)" : "most probable on target", summary.Feasible);
        Row("most probable, moved onto target", summary.Repaired);
        if (summary.Targets is null) Row("best re-scored on target", summary.BestRescored);
        terminal.Table(["", "cost>", "/ target>", "top-1>", "parameters>", .. FurtherColumns(summary).Select(name => name + ">"), "genotype"], rows);
        if (summary.Feasible is null) terminal.Line("no architecture on target was found: widen search.tolerance or search longer.");
        foreach (var chance in summary.Targets?.Select(target => target.Chance) ?? [summary.Chance])
            if (chance is not null) terminal.Line(chance.InWords());
        foreach (var advice in summary.Terms.Select(term => term.Advice).OfType<AdviceSummary>()) terminal.Line(advice.Words);
        terminal.Line(FormattableString.Invariant($"clips that went through the supernet: {Units.Metric(summary.TrainedClips)} to train, {Units.Metric(summary.ScoredClips)} to score"));
        if (summary.Targets is null)
            terminal.Line(FormattableString.Invariant($"mean entropy per decision: {summary.Entropy.Initial:F3} -> {summary.Entropy.Final:F3} nats ({summary.Entropy.FinalNormalized:P0} of uniform)"));
        Undecided(terminal, summary);
        terminal.Line($"files: {summary.Folder}");
    }

    /// <summary>Further targets and limits in a line; null when there are none.</summary>
    public static string? Bounds(SearchSummary summary)
    {
        string[] bounds =
        [
            .. summary.Terms.Skip(1).Select(term => FormattableString.Invariant($"target {Units.Metric(term.Target)} {term.Objective} +- {summary.Tolerance:P0}")),
            .. (summary.Limits ?? new Dictionary<string, double>()).Select(limit => $"at most {Units.Metric(limit.Value)} {limit.Key}"),
        ];
        return bounds.Length == 0 ? null : "and " + string.Join(", ", bounds);
    }

    /// <summary>Columns for further objectives; parameters have one already.</summary>
    public static IEnumerable<string> FurtherColumns(SearchSummary summary) => summary.FurtherObjectives.Where(name => name != "parameters");

    /// <summary>Their values.</summary>
    public static IEnumerable<string> FurtherCosts(SearchSummary summary, SummaryPick pick) => FurtherColumns(summary).Select(name => Units.Metric(pick.Further![name]));

    private static void Undecided(Terminal terminal, SearchSummary summary)
    {
        if (summary.Undecided.Count == 0) return;
        terminal.Line($"{summary.Undecided.Count} decisions are still undecided (more than half of a uniform choice's entropy):");
        foreach (var decision in summary.Undecided.Take(ShownUndecided))
        {
            terminal.Line(FormattableString.Invariant($"  {decision.Path} ({decision.NormalizedEntropy:P0}): ")
                + string.Join(", ", decision.Options.Select(option => FormattableString.Invariant($"{option.Option} {100 * option.Probability:F0} %"))));
        }

        if (summary.Undecided.Count > ShownUndecided) terminal.Line($"  and {summary.Undecided.Count - ShownUndecided} more in best.json");
    }

    private static string Percent(double share) => FormattableString.Invariant($"{100 * share:F1} %");
}
