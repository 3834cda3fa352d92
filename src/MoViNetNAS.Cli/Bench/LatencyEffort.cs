namespace MoViNetNAS.Cli.Bench;

/// <summary>How much time a latency table may take.</summary>
/// <param name="Times">Networks that have each operation, at least.</param>
/// <param name="Rounds">How often every network is measured, all others in between.</param>
/// <param name="WarmUpSteps">Frames before the first that is measured.</param>
/// <param name="LeastSteps">Fewest frames that are measured, with clocks between the operations and as many without.</param>
/// <param name="MostSteps">Most of them.</param>
/// <param name="Time">Between the two, a network is measured this long in each round.</param>
internal sealed record LatencyEffort(int Times, int Rounds, int WarmUpSteps, int LeastSteps, int MostSteps, TimeSpan Time)
{
    /// <summary>For figures.</summary>
    public static LatencyEffort Full { get; } = new(Times: 3, Rounds: 5, WarmUpSteps: 20, LeastSteps: 9, MostSteps: 2001, TimeSpan.FromMilliseconds(60));

    /// <summary>For tests, and to see that everything runs.</summary>
    public static LatencyEffort Quick { get; } = new(Times: 1, Rounds: 1, WarmUpSteps: 2, LeastSteps: 5, MostSteps: 5, TimeSpan.Zero);
}
