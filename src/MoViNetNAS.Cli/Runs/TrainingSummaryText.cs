using MoViNetNAS.Cli.Output;

namespace MoViNetNAS.Cli.Runs;

/// <summary>Prints the result of a training for people.</summary>
internal static class TrainingSummaryText
{
    public static void Write(Terminal terminal, TrainingSummary summary)
    {
        terminal.Line(FormattableString.Invariant(
            $"{summary.Model}: held-out top-1 {100 * summary.Top1:F1} % ({summary.Right} of {summary.Clips} clips; score split {100 * summary.ScoreTop1:F1} %, test split {100 * summary.TestTop1:F1} %), trained in {summary.Seconds:F0} s"));
        terminal.Line($"checkpoint: {summary.Checkpoint}");
    }
}
