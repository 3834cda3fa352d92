namespace MoViNetNAS.Search.Tests.Measures;

public sealed class WilsonIntervalTests
{
    // Computed by hand from the closed form: p = 0.9, n = 10, z = 1.959964: (0.9 + 0.19207) / 1.38415 -+ 1.959964 / 1.38415 * sqrt(0.009 + 0.0096036).
    [Theory]
    [InlineData(9, 10, 0.5958, 0.9821)]
    [InlineData(0, 10, 0.0, 0.2775)]
    [InlineData(10, 10, 0.7225, 1.0)]
    [InlineData(50, 100, 0.4038, 0.5962)]
    public void Known_intervals(int hits, int all, double low, double high)
    {
        var interval = WilsonInterval.Of(hits, all);
        Assert.Equal(low, interval.Low, 0.0001);
        Assert.Equal(high, interval.High, 0.0001);
    }

    [Fact]
    public void More_hits_than_items_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => WilsonInterval.Of(2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => WilsonInterval.Of(0, 0));
    }
}
