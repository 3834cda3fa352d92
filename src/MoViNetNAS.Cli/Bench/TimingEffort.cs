namespace MoViNetNAS.Cli.Bench;

/// <summary>How much time a comparison may take.</summary>
/// <param name="WarmUp">Least time that a side runs before it is measured; it goes on, up to eight times as long, until its time is stable.</param>
/// <param name="Sample">A side faster than this is run several times for one number.</param>
/// <param name="LeastRounds">Fewest numbers of each side.</param>
/// <param name="MostRounds">Most numbers of each side.</param>
/// <param name="Time">Rounds go on until all sides together have taken this long.</param>
/// <param name="Longest">After this long three rounds are enough.</param>
internal sealed record TimingEffort(
    TimeSpan WarmUp, TimeSpan Sample, int LeastRounds, int MostRounds, TimeSpan Time, TimeSpan Longest)
{
    /// <summary>For figures.</summary>
    public static TimingEffort Full { get; } = new(
        TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(2), LeastRounds: 9, MostRounds: 101,
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15));

    /// <summary>For tests, and to see that everything runs.</summary>
    public static TimingEffort Quick { get; } = new(
        TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(0.2), LeastRounds: 3, MostRounds: 5, TimeSpan.FromMilliseconds(5), TimeSpan.FromSeconds(1));
}
