using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Cli.Verbs;
using MoViNetNAS.Reporting;
using MoViNetNAS.Search;
using static MoViNetNAS.Cli.Reports.ReportText;

namespace MoViNetNAS.Cli.Reports;

/// <summary>What a reader has to know before believing a number of the runs: each sentence follows from their records.</summary>
internal static class RunWarnings
{
    private const double NormalQuantile = 1.96; // of 95 % of a normal distribution
    private const double WideInterval = 0.02;

    /// <summary>All of them, those of single runs first.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<ReportedRun> runs) => [.. runs.SelectMany(OfOne), .. Between(runs)];

    private static IEnumerable<string> OfOne(ReportedRun run)
    {
        string name = RichText.Code(run.Name);
        var record = run.Record;
        if (record.Status != RunStatus.Completed)
            yield return $"Run {name} has not ended ({RunsVerb.Status(record)}{(record.Failure is { } failure ? $": {RichText.Words(failure)}" : "")}): what is shown of it is of its trials so far.";
        else if (run.Summary is null)
            yield return $"The folder of run {name} is gone or has no `best.json`: its result is not shown.";
        foreach (string warning in OfResult(run, name)) yield return warning;
        foreach (string warning in OfModels(run, name)) yield return warning;
        if (run.IsImported) yield return $"Run {name} was made elsewhere and imported; machine and versions are those of its record.";
        if (record.Fingerprints is null && record.Status == RunStatus.Completed) yield return $"The record of run {name} has no fingerprints: whether it can be repeated bit for bit cannot be tested.";
        if (run.Account.Time is null) yield return $"The log of run {name} is gone: how long it took is not known.";
        else if (!run.Account.Time.IsWhole && record.Status == RunStatus.Completed) yield return $"Run {name} was killed and resumed: the time of sittings without an end is missing.";
    }

    private static IEnumerable<string> OfResult(ReportedRun run, string name)
    {
        if (run.Summary is not { } summary) yield break;
        if (run.Pick is null) yield return $"Run {name} found no architecture on target.";
        if (summary.MostProbable is { } probable && Math.Abs(probable.CostRatio - 1) > summary.Tolerance)
            yield return FormattableString.Invariant($"The most probable architecture of run {name} is off target: its cost is {probable.CostRatio:F3} of it, with a tolerance of {summary.Tolerance:P0}. The result is another one.");
        foreach (var (chance, target) in Chances(summary))
        {
            string at = target is { } value ? $" at {Units.Metric(value)}" : "";
            if (chance is null) yield return $"The result of run {name}{at} was not compared with random architectures.";
            else if (!chance.BeatsRandom)
                yield return FormattableString.Invariant($"The result of run {name}{at} is not shown to be better than random architectures of the same cost: one of them scores at least as well with p = {chance.PValue:F3} (limit {ChanceComparison.Significance}).");
            else if (chance.Best >= chance.Found)
                yield return FormattableString.Invariant($"The best of {chance.Architectures} random architectures scores as well as the result of run {name}{at} or better ({Percent(chance.Best)} and {Percent(chance.Found)}).");
        }

        if (summary.Undecided.Count > 0)
            yield return $"The policy of run {name} has not decided {summary.Undecided.Count} of {run.Space.Decisions.Count(decision => decision.OptionCount > 1)} decisions (more than half of a uniform choice's entropy): another seed may choose otherwise.";
        if (run.PickTrial is { } trial)
        {
            double half = NormalQuantile * Math.Sqrt(trial.Quality * (1 - trial.Quality) / trial.QualityClips);
            if (half > WideInterval)
                yield return FormattableString.Invariant($"Architectures of run {name} were scored on {trial.QualityClips} clips: by their number alone, a score of {Percent(trial.Quality)} is known to {100 * half:F1} points (95 %).");
        }
    }

    private static IEnumerable<string> OfModels(ReportedRun run, string name)
    {
        if (run.Models.Count == 0)
        {
            yield return $"No network of run {name} was trained by itself: its accuracies are those of shared weights, which rank architectures and do not say what one is worth.";
            yield break;
        }

        if (run.Models.All(model => model.Record.Architecture != run.Pick?.Genotype)) yield return $"The result of run {name} was not trained by itself; other networks of the run were.";
        foreach (var network in run.Models.GroupBy(model => model.Record.Architecture).Where(group => group.Select(model => model.Record.Seed).Distinct().Count() == 1))
            yield return $"Network {RichText.Code(network.Key)} of run {name} was trained from one seed: its accuracy has no interval.";
        foreach (var other in run.Models.Where(model => model.Record.SplitHash != run.Record.SplitHash))
            yield return $"Network {RichText.Code(other.Record.Name)} was trained on other data than run {name} searched on (their hashes differ).";
    }

    private static IEnumerable<string> Between(IReadOnlyList<ReportedRun> runs)
    {
        var repetitions = runs.GroupBy(run => run.Setting).ToList();
        foreach (var group in repetitions.Where(group => group.Select(run => run.Record.Seed).Distinct().Count() == 1))
            yield return $"{(group.Count() == 1 ? "Run" : "Runs")} {List(group.Select(run => RichText.Code(run.Name)))} {(group.Count() == 1 ? "is" : "are")} of one seed ({group.First().Record.Seed}): how far results differ between seeds is not known.";
        if (runs.Count == 1) yield break;
        if (Differ(run => run.Record.Machine)) yield return "The runs were made on different machines: their times do not compare.";
        if (Differ(run => run.Record.Versions)) yield return "The runs were made by different versions of the program or its libraries.";
        if (Differ(run => run.Record.SpaceHash)) yield return "The runs searched different spaces.";
        if (Differ(run => run.Record.SplitHash)) yield return "The runs used different data or splits: their accuracies do not compare.";
        bool Differ(Func<ReportedRun, string> what) => runs.Select(what).Distinct().Count() > 1;
    }

    private static IEnumerable<(ChanceComparison? Chance, double? Target)> Chances(SearchSummary summary) => summary.Targets is { Count: > 1 } targets
        ? targets.Where(target => target.Best is not null).Select(target => (target.Chance, (double?)target.Target))
        : summary.Feasible is null ? [] : [(summary.Chance, null)];
}
