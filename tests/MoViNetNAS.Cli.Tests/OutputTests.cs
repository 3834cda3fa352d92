using MoViNetNAS.Cli.Output;

namespace MoViNetNAS.Cli.Tests;

public sealed class OutputTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(999, "999")]
    [InlineData(1_000, "1.000 k")]
    [InlineData(999_960, "1.000 M")]
    [InlineData(50_697_000, "50.70 M")]
    [InlineData(2_426_445_040, "2.426 G")]
    [InlineData(276_334_100_000, "276.3 G")]
    public void Numbers_have_four_figures(double number, string text) => Assert.Equal(text, Units.Metric(number));

    [Theory]
    [InlineData(0.2, "0:01")]
    [InlineData(7, "0:07")]
    [InlineData(59.5, "1:00")]
    [InlineData(3_909, "1:05:09")]
    public void Durations_are_rounded_up(double seconds, string text) => Assert.Equal(text, Units.Duration(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Progress_tells_the_time_left_every_few_seconds_when_redirected()
    {
        using var error = new StringWriter();
        var clock = new StoppedClock();
        using (var progress = new Progress(error, clock, isInPlace: false, "search", total: 100, start: 0))
        {
            progress.Report(0);
            for (int step = 1; step <= 100; step++)
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                progress.Report(step, $"reward {step}");
            }
        }

        string[] lines = error.ToString().TrimEnd().Split(Environment.NewLine);
        Assert.Equal("search 0/100", lines[0]);
        Assert.Equal("search 5/100, 1:35 left  reward 5", lines[1]);
        Assert.Equal("search 100/100, 1:40 in all  reward 100", lines[^1]);
        Assert.Equal(21, lines.Length);
    }

    [Fact]
    public void Steps_of_an_earlier_run_do_not_count_for_speed()
    {
        using var error = new StringWriter();
        var clock = new StoppedClock();
        using var progress = new Progress(error, clock, isInPlace: false, "search", total: 100, start: 80);
        clock.Advance(TimeSpan.FromSeconds(10));
        progress.Report(90);
        Assert.Equal("search 90/100, 0:10 left" + Environment.NewLine, error.ToString());
    }

    [Fact]
    public void On_a_terminal_progress_stays_on_its_line_and_notes_get_their_own()
    {
        using var error = new StringWriter { NewLine = "\n" };
        var clock = new StoppedClock();
        using (var progress = new Progress(error, clock, isInPlace: true, "search", total: 2, start: 0))
        {
            progress.Report(0);
            progress.Note("warm-up ends");
            progress.Report(2);
        }

        Assert.Equal("\rsearch 0/2\u001b[K\nwarm-up ends\n\rsearch 2/2, 0:00 in all\u001b[K\n", error.ToString());
    }

    private sealed class StoppedClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Advance(TimeSpan time) => _now += time.Ticks;
    }
}
