namespace MoViNetNAS.Training.Tests;

public sealed class CosineScheduleTests
{
    // Source: TuNAS (google-research, 0c1bbe5), cosine decay with warm-up and its search schedule; the expected rates follow from
    // peak / 2 (1 + cos(pi (s - w) / (S - w))), worked out by hand. 1e-6: they are given to six digits.
    [Theory]
    [InlineData(2, 100, 5, 0, 0)]
    [InlineData(2, 100, 5, 2, 0.8)]
    [InlineData(2, 100, 5, 5, 2)]
    [InlineData(2, 100, 5, 10, 1.986361)] // 1 + cos(5 pi / 95)
    [InlineData(2, 100, 5, 100, 0)]
    [InlineData(2, 50, 0, 0, 2)]
    [InlineData(2, 50, 0, 10, 1.809017)] // 1 + cos(pi / 5)
    [InlineData(2, 50, 0, 50, 0)]
    [InlineData(2, 50, 0, 70, 0)]
    [InlineData(2.64, 27_050, 676, 338, 1.32)]
    [InlineData(2.64, 27_050, 676, 676, 2.64)]
    [InlineData(2.64, 27_050, 676, 6_762, 2.308066)]
    [InlineData(2.64, 27_050, 676, 13_525, 1.373131)]
    [InlineData(2.64, 27_050, 676, 20_000, 0.438728)]
    [InlineData(2.64, 27_050, 676, 27_050, 0)]
    public void Rates_are_those_of_the_formula(double peak, long steps, long warmUp, long step, double rate) =>
        Assert.Equal(rate, new CosineSchedule(peak, steps, warmUp).At(step), 1e-6);

    [Fact]
    public void The_rate_never_leaves_its_range_and_falls_after_the_warm_up()
    {
        var schedule = new CosineSchedule(0.5, 37, 7);
        double[] rates = [.. Enumerable.Range(0, 40).Select(step => schedule.At(step))];
        Assert.All(rates, rate => Assert.InRange(rate, 0, 0.5));
        Assert.Equal(rates[..8].Order(), rates[..8]);
        Assert.Equal(rates[7..].OrderDescending(), rates[7..]);
    }
}
