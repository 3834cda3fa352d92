using FsCheck.Xunit;

namespace MoViNetNAS.Reporting.Tests;

public sealed class LogTicksTests
{
    [Property]
    public void Every_range_has_a_readable_number_of_distinct_labels(ushort start, ushort width)
    {
        double low = 3 + start / 8000.0, high = low + 0.12 + width / 15000.0;
        var ticks = LogTicks.Major(low, high);
        Assert.InRange(ticks.Count, 3, 10);
        Assert.All(ticks, tick => Assert.InRange(Math.Log10(tick), low - 1e-9, high + 1e-9));
        Assert.Equal(ticks.Count, ticks.Select(ObjectiveText.Tick).Distinct().Count());
    }

    [Theory]
    [InlineData(500_000, "500k")]
    [InlineData(1_500_000, "1.5M")]
    [InlineData(2.71e9, "2.71G")]
    [InlineData(999_600, "1M")]
    [InlineData(64, "64")]
    [InlineData(0.0125, "0.0125")]
    [InlineData(0.35, "0.35")]
    [InlineData(2.5, "2.5")]
    [InlineData(0, "0")]
    public void Numbers_are_short(double value, string text)
    {
        Assert.Equal(text, ObjectiveText.Tick(value));
    }
}
