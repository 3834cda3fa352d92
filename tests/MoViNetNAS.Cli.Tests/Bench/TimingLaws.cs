using MoViNetNAS.Cli.Bench;

namespace MoViNetNAS.Cli.Tests.Bench;

public sealed class TimingLaws
{
    private static readonly TimingEffort FiveRounds = new(
        TimeSpan.Zero, TimeSpan.FromMilliseconds(1), LeastRounds: 5, MostRounds: 5, TimeSpan.Zero, TimeSpan.FromHours(1));

    [Fact]
    public void A_spread_is_median_and_quartiles()
    {
        Assert.Equal(new Spread(3, 2, 4, 5), Spread.Of([5, 1, 3, 2, 4]));
        Assert.Equal(new Spread(2.5, 1.75, 3.25, 4), Spread.Of([4, 3, 2, 1]));
        Assert.Equal(new Spread(7, 7, 7, 1), Spread.Of([7]));
        Assert.Throws<ArgumentException>(() => Spread.Of([]));
    }

    [Fact]
    public void Sides_take_turns_and_get_their_own_median()
    {
        var clock = new SteppedClock();
        var order = new List<char>();
        double[] times = [10, 10, 30, 20, 50, 40, 10]; // two calls of warm-up, then five rounds
        int call = 0;
        var spreads = new Timing(clock, FiveRounds).Compare(
            [
                () =>
                {
                    order.Add('a');
                    clock.Advance(times[call++]);
                },
                () =>
                {
                    order.Add('b');
                    clock.Advance(100);
                },
            ],
            CancellationToken.None);
        Assert.Equal("aabbababababab", string.Concat(order));
        Assert.Equal(new Spread(30, 20, 40, 5), spreads[0]);
        Assert.Equal(new Spread(100, 100, 100, 5), spreads[1]);
        Assert.Equal(100.0 / 30, spreads[1].Over(spreads[0]));
    }

    [Fact]
    public void What_is_fast_is_repeated_for_one_number()
    {
        var clock = new SteppedClock();
        int calls = 0;
        var spread = new Timing(clock, FiveRounds).Of(
            () =>
            {
                calls++;
                clock.Advance(0.1);
            },
            CancellationToken.None);
        Assert.Equal(2 + 5 * 10, calls);
        Assert.Equal(0.1, spread.MedianMs, 9);
        Assert.Equal(5, spread.Runs);
    }

    [Fact]
    public void Warm_up_goes_on_until_the_time_is_stable()
    {
        var clock = new SteppedClock();
        double[] times = [8, 20, 20, 5, 5, 5, 5, 5, 5, 5]; // jumps up, and the third is still far from the fastest
        int call = 0;
        var effort = FiveRounds with { WarmUp = TimeSpan.FromMilliseconds(20) };
        var spread = new Timing(clock, effort).Of(() => clock.Advance(times[call++]), CancellationToken.None);
        Assert.Equal(4 + 5, call);
        Assert.Equal(new Spread(5, 5, 5, 5), spread);
    }

    [Fact]
    public void Slow_sides_get_fewer_rounds_and_a_stop_comes_between_two_calls()
    {
        var clock = new SteppedClock();
        var slow = FiveRounds with { LeastRounds = 9, MostRounds = 99, Longest = TimeSpan.FromSeconds(1) };
        Assert.Equal(3, new Timing(clock, slow).Of(() => clock.Advance(500), CancellationToken.None).Runs);

        using var stop = new CancellationTokenSource();
        int calls = 0;
        Assert.Throws<OperationCanceledException>(() => new Timing(clock, FiveRounds).Of(
            () =>
            {
                clock.Advance(2);
                if (++calls == 4) stop.Cancel();
            },
            stop.Token));
        Assert.Equal(4, calls);
    }

    private sealed class SteppedClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1_000_000;

        public override long GetTimestamp() => _now;

        public void Advance(double milliseconds) => _now += (long)Math.Round(1000 * milliseconds);
    }
}
