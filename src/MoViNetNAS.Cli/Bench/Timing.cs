namespace MoViNetNAS.Cli.Bench;

/// <summary>Times several ways of doing the same, in turn (A B A B ...): what slows the machine meanwhile slows all of them.</summary>
internal sealed class Timing(TimeProvider clock, TimingEffort effort)
{
    private const int MostRepeats = 1000, LeastWarmUps = 2, LongestWarmUp = 8, RoundsOfSlow = 3;
    private const double Stable = 1.1; // the last warm-up against the fastest

    /// <summary>The time of one call of each of <paramref name="sides"/>.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was asked for between two calls.</exception>
    public IReadOnlyList<Spread> Compare(IReadOnlyList<Action> sides, CancellationToken cancellation)
    {
        int[] repeats = [.. sides.Select(side => WarmUp(side, cancellation))];
        List<double>[] samples = [.. sides.Select(_ => new List<double>())];
        long began = clock.GetTimestamp();
        while (!IsEnough(samples[0].Count, clock.GetElapsedTime(began)))
        {
            for (int i = 0; i < sides.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                samples[i].Add(Measure(sides[i], repeats[i]).TotalMilliseconds / repeats[i]);
            }
        }

        return [.. samples.Select(Spread.Of)];
    }

    /// <summary>The time of one call of <paramref name="side"/> by itself.</summary>
    /// <exception cref="OperationCanceledException">As <see cref="Compare"/>.</exception>
    public Spread Of(Action side, CancellationToken cancellation) => Compare([side], cancellation)[0];

    // Caches, libtorch's choice of algorithm and the just-in-time compiler need some calls each. Returns the calls of a sample.
    private int WarmUp(Action side, CancellationToken cancellation)
    {
        var fastest = TimeSpan.MaxValue;
        long began = clock.GetTimestamp();
        for (int calls = 1; ; calls++)
        {
            cancellation.ThrowIfCancellationRequested();
            var time = Measure(side, 1);
            if (time < fastest) fastest = time;
            var elapsed = clock.GetElapsedTime(began);
            bool isStable = calls >= LeastWarmUps && time <= Stable * fastest;
            if (elapsed >= LongestWarmUp * effort.WarmUp && calls >= LeastWarmUps) break;
            if (elapsed >= effort.WarmUp && isStable) break;
        }

        return fastest >= effort.Sample ? 1 : (int)Math.Clamp(Math.Ceiling(effort.Sample / Max(fastest)), 1, MostRepeats);
    }

    private TimeSpan Measure(Action side, int repeats)
    {
        long began = clock.GetTimestamp();
        for (int i = 0; i < repeats; i++) side();
        return clock.GetElapsedTime(began);
    }

    private bool IsEnough(int rounds, TimeSpan elapsed) =>
        rounds >= effort.MostRounds
        || (rounds >= effort.LeastRounds && elapsed >= effort.Time)
        || (rounds >= Math.Min(RoundsOfSlow, effort.LeastRounds) && elapsed >= effort.Longest);

    private static TimeSpan Max(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.FromTicks(1);
}
