using MoViNetNAS.Cli.Output;
using MoViNetNAS.Reporting;
using static MoViNetNAS.Cli.Reports.ReportText;

namespace MoViNetNAS.Cli.Reports;

/// <summary>How the searches went.</summary>
internal static class CourseBlocks
{
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
                    $"movinet report {run.Name}{options}", SearchCurves.Draw(new CurvesFigure("", run.Steps)));
            }

            if (run.Summary?.Undecided is not { Count: > 0 } undecided) continue;
            yield return new ParagraphBlock("Undecided decisions, the most undecided first, with the probabilities of their options:");
            yield return new ListBlock([.. undecided.Take(10).Select(decision =>
                FormattableString.Invariant($"{RichText.Code(decision.Path)} ({100 * decision.NormalizedEntropy:F0} % of uniform): ")
                + string.Join(", ", decision.Options.Select(option => FormattableString.Invariant($"{RichText.Words(option.Option)} {100 * option.Probability:F0} %"))))]);
            if (undecided.Count > 10) yield return new ParagraphBlock($"And {undecided.Count - 10} more in `best.json`.");
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
