using MoViNetNAS.Cli.Output;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Runs;

/// <summary>Prints the result of a training for people.</summary>
internal static class TrainingSummaryText
{
    public static void Write(Terminal terminal, TrainingSummary summary)
    {
        string right = summary.MeasureName == EvaluationResult.Top1Name ? $"{summary.Right} of " : "";
        terminal.Line(FormattableString.Invariant(
            $"{summary.Model}: held-out {summary.MeasureName} {100 * summary.Top1:F1} % ({right}{summary.Clips} clips; score split {100 * summary.ScoreTop1:F1} %, test split {100 * summary.TestTop1:F1} %), trained in {summary.Seconds:F0} s"));
        terminal.Line($"checkpoint: {summary.Checkpoint}");
    }
}
