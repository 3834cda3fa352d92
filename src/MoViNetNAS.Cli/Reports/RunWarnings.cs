using MoViNetNAS.Cli.Evaluate;
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

    /// <summary>All of them: on results, on how they were measured, on what is known of the runs, on how they compare.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<ReportedRun> runs) => [.. Results(runs), .. Measurement(runs), .. Trainings(runs), .. Records(runs), .. Between(runs)];

    private static IEnumerable<string> Results(IReadOnlyList<ReportedRun> runs)
    {
        foreach (var run in runs.Where(run => run.Record.Status != RunStatus.Completed))
            yield return $"Run {Name(run)} has not ended ({RunsVerb.Status(run.Record)}{(run.Record.Failure is { } failure ? $": {RichText.Words(failure)}" : "")}): what is shown of it is of its trials so far.";
        foreach (var run in runs.Where(run => run.Record.Status == RunStatus.Completed && run.Summary is null))
            yield return $"The folder of run {Name(run)} is gone or has no `best.json`: its result is not shown.";
        foreach (var run in runs.Where(run => run.Summary is not null && run.Pick is null)) yield return $"Run {Name(run)} found no architecture on target.";
        foreach (var run in runs)
            if (run.Summary is { MostProbable: { } probable, Tolerance: var tolerance } && Math.Abs(probable.CostRatio - 1) > tolerance)
            {
                yield return FormattableString.Invariant(
                    $"The most probable architecture of run {Name(run)} is off target: its cost is {probable.CostRatio:F3} of it, with a tolerance of {100 * tolerance:0.##} %. The result is another one.");
            }

        foreach (var run in runs)
            foreach (string warning in Chances(run)) yield return warning;
        ReportedRun[] undecided = [.. runs.Where(run => run.Summary?.Undecided.Count > 0)];
        if (undecided.Length > 0)
        {
            yield return $"The policy has not made all decisions (more than half of a uniform choice's entropy is left): {List(undecided.Select(run => $"{run.Summary!.Undecided.Count} of {run.Space.Decisions.Count(decision => decision.OptionCount > 1)} in {Name(run)}"))}. Another seed may choose otherwise.";
        }
    }

    private static IEnumerable<string> Chances(ReportedRun run)
    {
        foreach (var (chance, target) in ChancesOf(run.Summary))
        {
            string at = target is { } value ? $" at {Units.Metric(value)}" : "";
            if (chance is null) yield return $"The result of run {Name(run)}{at} was not compared with random architectures.";
            else if (!chance.BeatsRandom)
                yield return FormattableString.Invariant($"The result of run {Name(run)}{at} is not shown to be better than random architectures of the same cost: one of them scores at least as well with p = {chance.PValue:F3} (limit {ChanceComparison.Significance}).");
            else if (chance.Best >= chance.Found)
                yield return FormattableString.Invariant($"The best of {chance.Architectures} random architectures scores as well as the result of run {Name(run)}{at} or better ({Percent(chance.Best)} and {Percent(chance.Found)}).");
        }
    }

    private static IEnumerable<string> Measurement(IReadOnlyList<ReportedRun> runs)
    {
        foreach (var group in runs.Where(run => run.PickTrial is { } trial && HalfWidth(trial) > WideInterval).GroupBy(run => run.PickTrial!.QualityClips))
        {
            double[] points = [.. group.Select(run => 100 * HalfWidth(run.PickTrial!)).Order()];
            string known = points.Length == 1 || points[^1] - points[0] < 0.05
                ? FormattableString.Invariant($"{points[^1]:F1}") : FormattableString.Invariant($"{points[0]:F1} to {points[^1]:F1}");
            yield return $"Results of {List(group.Select(Name))} were scored on {Count(group.Key, "clip")}: by their number alone, such a score is known to ± {known} points (95 %).";
        }
    }

    private static IEnumerable<string> Trainings(IReadOnlyList<ReportedRun> runs)
    {
        ReportedRun[] untrained = [.. runs.Where(run => run.Models.Count == 0)];
        if (untrained.Length > 0)
            yield return $"No network of {List(untrained.Select(Name))} was trained by itself: accuracies are those of shared weights, which rank architectures and do not say what one is worth.";
        foreach (var run in runs.Where(run => run.Models.Count > 0))
        {
            if (run.Pick is { } pick && run.Models.All(model => model.Record.Architecture != pick.Genotype)) yield return $"The result of run {Name(run)} was not trained by itself; other networks of the run were.";
            foreach (var network in run.Models.GroupBy(model => model.Setting).Where(group => group.Select(model => model.Record.Seed).Distinct().Count() == 1)
                .Select(group => group.First().Record.Architecture).Distinct())
                yield return $"Network {RichText.Code(network)} of run {Name(run)} was trained from one seed: its accuracy has no interval.";
            foreach (var other in run.Models.Where(model => model.Record.SplitHash != run.Record.SplitHash))
                yield return $"Network {RichText.Code(other.Record.Name)} was trained on other data than run {Name(run)} searched on (their hashes differ).";
            foreach (var model in run.Models.Where(model => model.Kept is not null))
                foreach (string warning in Evaluations(model, model.Kept!.Stamp)) yield return warning;
        }
    }

    private static IEnumerable<string> Evaluations(ReportedModel model, EvaluationStamp stamp)
    {
        string network = RichText.Code(model.Record.Name), of = $"The evaluation of network {network}";
        if (stamp.IsOfOtherWeights)
            yield return $"{of} is left out: it was measured on weights {Hash(stamp.WeightsHash!)}, and the network has weights {Hash(stamp.PresentHash!)} ({RichText.Code("movinet eval")} measures it again).";
        else if (stamp.WeightsHash is null) yield return $"{of} carries no hash of weights or data: whether it is of these weights cannot be tested.";
        else if (stamp.PresentHash is null) yield return $"The weights of network {network} are gone: whether its evaluation, on weights {Hash(stamp.WeightsHash)}, is of them cannot be tested.";
        if (!stamp.IsOfOtherWeights && stamp.SplitHash is { } data && data != model.Record.SplitHash)
            yield return $"{of} was measured on data {Hash(data)}, which are not those that it was trained with ({Hash(model.Record.SplitHash)}).";
        string Hash(string hash) => RichText.Code(EvaluationStamp.Short(hash));
    }

    private static IEnumerable<string> Records(IReadOnlyList<ReportedRun> runs)
    {
        if (Those(run => run.IsImported) is { } imported) yield return $"{imported} made elsewhere and imported; machine and versions are those of the record.";
        foreach (var run in runs.Where(run => run.Record is { Fingerprints: null, Status: RunStatus.Completed }))
            yield return $"The record of run {Name(run)} has no fingerprints: whether it can be repeated bit for bit cannot be tested.";
        foreach (var run in runs.Where(run => run.Account.Time is null)) yield return $"The log of run {Name(run)} is gone: how long it took is not known.";
        foreach (var run in runs.Where(run => run.Account.Time is { IsWhole: false } && run.Record.Status == RunStatus.Completed))
            yield return $"Run {Name(run)} was killed and resumed: the time of sittings without an end is missing.";

        string? Those(Func<ReportedRun, bool> isMeant)
        {
            string[] names = [.. runs.Where(isMeant).Select(Name)];
            return names.Length switch { 0 => null, 1 => $"Run {names[0]} was", _ => $"Runs {List(names)} were" };
        }
    }

    private static IEnumerable<string> Between(IReadOnlyList<ReportedRun> runs)
    {
        foreach (var group in runs.GroupBy(run => run.Setting).Where(group => group.Select(run => run.Record.Seed).Distinct().Count() == 1))
            yield return $"{(group.Count() == 1 ? "Run" : "Runs")} {List(group.Select(Name))} {(group.Count() == 1 ? "is" : "are")} of one seed ({group.First().Record.Seed}): how far results differ between seeds is not known.";
        if (Differ(run => run.Record.Machine)) yield return "The runs were made on different machines: their times do not compare.";
        if (Differ(run => run.Record.Versions)) yield return "The runs were made by different versions of the program or its libraries.";
        if (Differ(run => run.Record.SpaceHash)) yield return "The runs searched different spaces.";
        if (Differ(run => run.Record.SplitHash)) yield return "The runs used different data or splits: their accuracies do not compare.";
        bool Differ(Func<ReportedRun, string> what) => runs.Select(what).Distinct().Count() > 1;
    }

    private static string Name(ReportedRun run) => RichText.Code(run.Name);

    private static double HalfWidth(Trial trial) => NormalQuantile * Math.Sqrt(trial.Quality * (1 - trial.Quality) / trial.QualityClips);

    private static IEnumerable<(ChanceComparison? Chance, double? Target)> ChancesOf(SearchSummary? summary) => summary?.Targets is { Count: > 1 } targets
        ? targets.Where(target => target.Best is not null).Select(target => (target.Chance, (double?)target.Target))
        : summary?.Feasible is null ? [] : [(summary.Chance, null)];
}
