using MoViNetNAS.Cli.Output;
using MoViNetNAS.Reporting;
using static MoViNetNAS.Cli.Reports.ReportText;

namespace MoViNetNAS.Cli.Reports;

/// <summary>How the searches went.</summary>
internal static class CourseBlocks
{
    private const int MostUndecided = 10; // of a run

    public static IEnumerable<ReportBlock> Of(IReadOnlyList<ReportedRun> runs, string options)
    {
        foreach (var run in runs)
        {
            if (runs.Count > 1) yield return new HeadingBlock(run.Name);
            yield return new ParagraphBlock(Sentences(run));
            if (run.Steps.Count > 0)
            {
                yield return new FigureBlock(
                    $"curves-{Slug.Of(run.Name)}", $"Run {RichText.Code(run.Name)}, step by step: accuracy and reward, cost over target, and mean entropy of the decisions. Faint: each step; strong: running mean.",
                    $"movinet figure curves --run {run.Name}{options}", SearchCurves.Draw(new CurvesFigure("", run.Steps)));
            }

            if (run.Choices is { } choices)
            {
                yield return new FigureBlock(
                    $"choices-{Slug.Of(run.Name)}", $"Run {RichText.Code(run.Name)}: how probable the policy held each option, at its checkpoints.",
                    $"movinet figure choices --run {run.Name}{options}", ChoiceHeatMap.Draw(choices));
            }
        }
    }

    /// <summary>What the policies have not decided, with the probabilities of all options.</summary>
    public static IEnumerable<ReportBlock> Undecided(IReadOnlyList<ReportedRun> runs)
    {
        foreach (var run in runs)
        {
            if (run.Summary?.Undecided is not { Count: > 0 } undecided) continue;
            yield return new ParagraphBlock($"What the policy of {RichText.Code(run.Name)} has not decided, the most undecided first, with the probabilities of the options:");
            yield return new ListBlock([.. undecided.Take(MostUndecided).Select(decision =>
                FormattableString.Invariant($"{RichText.Code(decision.Path)} ({100 * decision.NormalizedEntropy:F0} % of uniform): ")
                + string.Join(", ", decision.Options.Select(option => FormattableString.Invariant($"{RichText.Words(option.Option)} {100 * option.Probability:F0} %"))))]);
            if (undecided.Count > MostUndecided) yield return new ParagraphBlock($"And {undecided.Count - MostUndecided} more in `best.json`.");
        }
    }

    private static string Sentences(ReportedRun run)
    {
        var (account, settings) = (run.Account, run.Experiment.Search);
        string text = settings.IsTwoStage
            ? $"{Count(settings.Steps, "update")} of the shared weights, then an evolution with frozen weights; "
            : $"{Count(settings.Steps, "step")} of {Count(settings.Candidates, "architecture")}; ";
        text += $"{Count(account.Trials, "trial")} of {Count(account.DistinctArchitectures, "different architecture")} are stored. ";
        if (account.TrainedClips is { } trained) text += $"{Units.Metric(trained)} clips went through the supernet to train it, {Units.Metric(account.ScoredClips)} to score architectures. ";
        if (account.Time is { } time) text += $"The search took {Time(time.Seconds)}{(time.Sittings > 1 ? $" in {time.Sittings} sittings" : "")}. ";
        if (run.Summary is { Entropy.Initial: > 0 } summary)
            text += FormattableString.Invariant($"The mean entropy of the decisions went from {summary.Entropy.Initial:F3} to {summary.Entropy.Final:F3} nats ({100 * summary.Entropy.FinalNormalized:F0} % of a uniform choice's).");
        return text.TrimEnd();
    }
}
