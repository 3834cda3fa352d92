using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Reporting;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using static MoViNetNAS.Cli.Reports.ReportText;

namespace MoViNetNAS.Cli.Reports;

/// <summary>What searches found.</summary>
internal static class FindingBlocks
{
    private static readonly TableColumn<(string Run, string Name, SummaryPick Pick)>[] Columns =
    [
        new("run", "run", row => row.Run, IsNumber: false),
        new("architecture", "architecture", row => row.Name, IsNumber: false),
        new("cost", "cost", row => new TableCell(Units.Metric(row.Pick.Cost), row.Pick.Cost)),
        new("cost / target", "costRatio", row => TableCell.Number(row.Pick.CostRatio, "F3")),
        new("top-1, shared weights (%)", "top1", row => TableCell.Percent(row.Pick.Quality), Best: BestIs.Highest),
        new("parameters", "trainableParameters", row => TableCell.Short(row.Pick.Parameters)),
        new("genotype", "genotype", row => row.Pick.Genotype, IsNumber: false),
    ];

    /// <summary>The question and the result of one run in sentences.</summary>
    public static string Sentences(ReportedRun run) => $"{Question(run)} {Result(run)}";

    /// <summary>The result of one run in sentences.</summary>
    public static string Result(ReportedRun run)
    {
        if (run.Summary is not { } summary) return "It has no result yet.";
        if (summary.Targets is { Count: > 1 } targets) return string.Join(' ', targets.Select(target => AtTarget(target, run)));
        if (summary.Feasible is not { } pick) return "It found none on target.";
        return $"{Found(summary.MostProbable is null ? "The best that it scored on target" : "The most probable one on target", pick, run)} {Against(summary.Chance)} {Alone(run, pick.Genotype)}".TrimEnd();
    }

    private static string Question(ReportedRun run)
    {
        var (record, settings) = (run.Record, run.Experiment.Search);
        return $"Run {RichText.Code(run.Name)} searched the space {RichText.Code(record.SpaceName)} by {Method(settings)}, for architectures of {Cost(record.Target, record.Objective)} "
            + FormattableString.Invariant($"(tolerance {100 * settings.Tolerance:0.##} %).");
    }

    /// <summary>The architectures that the runs point out, as a table.</summary>
    public static IEnumerable<ReportBlock> Table(IReadOnlyList<ReportedRun> runs)
    {
        var rows = runs.SelectMany(run => Picks(run).Select(pick => (run.Name, pick.Name, pick.Pick))).ToList();
        if (rows.Count == 0) yield break;
        bool isOne = runs.Select(run => run.Record.Objective).Distinct().Count() == 1;
        yield return new TableBlock(
            "picks",
            $"What the searches point out. Cost is {(isOne ? Noun(runs[0].Record.Objective) : "each run's objective")}; accuracy is that of shared weights on the whole held-out split.",
            TextTable.Of(rows, Columns).Without(runs.Count == 1 ? ["run"] : []))
        {
            OnlyOnScreen = ["genotype"],
        };
    }

    // An architecture gets one row, for the first of these that it is.
    private static IEnumerable<(string Name, SummaryPick Pick)> Picks(ReportedRun run)
    {
        if (run.Summary is not { } summary) return [];
        var all = summary.Targets is { Count: > 1 } targets
            ? targets.Select(target => (Name: $"best at {Units.Metric(target.Target)}", Pick: target.Best)).ToList()
            : [(summary.MostProbable is null ? "best on target" : "most probable on target", summary.Feasible)];
        all.AddRange([("most probable", summary.MostProbable), ("most probable, moved onto target", summary.Repaired)]);
        if (summary.Targets is null) all.Add(("best re-scored on target", summary.BestRescored));
        return all.Where(one => one.Pick is not null).DistinctBy(one => one.Pick!.Genotype).Select(one => (one.Name, one.Pick!));
    }

    private static string AtTarget(TargetSummary target, ReportedRun run) => target.Best is { } best
        ? $"{Found($"The best at {Units.Metric(target.Target)}", best, run)} {Against(target.Chance)}"
        : $"At {Units.Metric(target.Target)} it found none.";

    private static string Found(string what, SummaryPick pick, ReportedRun run)
    {
        int? clips = run.Trials.FirstOrDefault(trial => trial.Genotype == pick.Genotype && trial.Phase is TrialPhase.Rescored or TrialPhase.Evolved)?.QualityClips;
        return FormattableString.Invariant($"{what} has {Cost(pick.Cost, run.Record.Objective)}, {pick.CostRatio:F3} of the target, and classifies {Percent(pick.Quality)} of {(clips is { } n ? Units.Count(n) + " " : "the ")}held-out clips correctly with shared weights.");
    }

    private static string Against(ChanceComparison? chance)
    {
        if (chance is null) return "";
        string verdict = chance.BeatsRandom ? "The result is better than chance by this test." : "By this test the result is not shown to be better than chance.";
        return FormattableString.Invariant(
            $"{chance.Architectures} uniformly drawn architectures that may be chosen, scored the same way, have {Percent(chance.Mean)} on average and {Percent(chance.Best)} at best; one of them scores at least as well with p = {chance.PValue:F3} (rank among them [@searchphase]). {verdict}");
    }

    private static string Alone(ReportedRun run, string genotype)
    {
        ReportedModel[] models = [.. run.Models.Where(model => model.Record.Architecture == genotype)];
        if (models.Length == 0) return "";
        var summary = SampleSummary.Of([.. models.Select(model => model.Record.Top1)]);
        string interval = double.IsNaN(summary.HalfWidth) ? "" : FormattableString.Invariant($" ± {100 * summary.HalfWidth:F1}");
        return FormattableString.Invariant($"Trained by itself it has {100 * summary.Mean:F1}{interval} % on {Units.Count(models[0].Record.Clips)} held-out clips ({Count(models.Length, "seed")}).");
    }
}
