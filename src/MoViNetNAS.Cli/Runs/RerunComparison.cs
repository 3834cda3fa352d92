using MoViNetNAS.Search;

namespace MoViNetNAS.Cli.Runs;

/// <summary>Whether a run done again came out the same, and what was not the same about doing it.</summary>
/// <param name="Original">Name of the first run.</param>
/// <param name="Rerun">Name of its repetition.</param>
/// <param name="Trials">All trials, bit for bit.</param>
/// <param name="Logits">The controller's logits at the end.</param>
/// <param name="Weights">The shared weights at the end.</param>
/// <param name="FirstDifference">The first trial that is not the same, in words; null when all are.</param>
/// <param name="Circumstances">What was not the same around the runs (versions, device, threads, machine, data), in words: any of it can change the last bits.</param>
internal sealed record RerunComparison(
    string Original, string Rerun,
    RerunMatch Trials, RerunMatch Logits, RerunMatch Weights, string? FirstDifference, IReadOnlyList<string> Circumstances)
{
    /// <summary>Nothing that is known differs.</summary>
    public bool IsSame => Trials == RerunMatch.Same && Logits != RerunMatch.Different && Weights != RerunMatch.Different;

    /// <summary>It came out otherwise although nothing around it did: a fault.</summary>
    public bool IsUnexplained => !IsSame && Circumstances.Count == 0;

    public static RerunComparison Of(RunLineage original, RunLineage rerun)
    {
        static RerunMatch Match(string? before, string? after) =>
            before is null || after is null ? RerunMatch.Unknown : before == after ? RerunMatch.Same : RerunMatch.Different;
        var (before, after) = (original.Record.Fingerprints, rerun.Record.Fingerprints);
        string? first = FirstOf(original, rerun);
        return new RerunComparison(
            original.Record.Name, rerun.Record.Name, first is null ? RerunMatch.Same : RerunMatch.Different, Match(before?.Logits, after?.Logits),
            Match(before?.Weights, after?.Weights), first, [.. CircumstancesOf(original.Record, rerun.Record)]);
    }

    private static string? FirstOf(RunLineage original, RunLineage rerun)
    {
        for (int i = 0; i < Math.Max(original.Trials.Count, rerun.Trials.Count); i++)
        {
            if (i >= rerun.Trials.Count) return $"{Place(original.Trials[i])} is missing";
            if (i >= original.Trials.Count) return $"{Place(rerun.Trials[i])} is new";
            var (before, after) = (original.Trials[i], rerun.Trials[i]);
            if (before == after with { Run = before.Run }) continue;
            return Place(before) != Place(after) ? $"{Place(after)} stands where {Place(before)} was"
                : before.Genotype != after.Genotype ? $"{Place(before)}: genotype {after.Genotype}, was {before.Genotype}"
                : FormattableString.Invariant($"{Place(before)}: quality {after.Quality:R} and reward {after.Reward:R}, were {before.Quality:R} and {before.Reward:R}")
                    + (before.Cost == after.Cost ? "" : "; its cost is another");
        }

        return null;
    }

    private static string Place(Trial trial) => $"trial {trial.Phase.ToString().ToLowerInvariant()} {trial.Step}/{trial.Candidate}";

    private static IEnumerable<string> CircumstancesOf(RunRecord original, RunRecord rerun)
    {
        if (original.SplitHash != rerun.SplitHash) yield return $"the data: hash {Short(rerun.SplitHash)}, was {Short(original.SplitHash)}";
        if (original.Versions != rerun.Versions) yield return $"versions: {rerun.Versions}, were {original.Versions}";
        if (original.Machine != rerun.Machine) yield return $"machine: {rerun.Machine}, was {original.Machine}";
    }

    private static string Short(string hash) => hash.Length > 12 ? hash[..12] : hash;
}
