namespace MoViNetNAS.Search.Tests;

public sealed class SampleSummaryTests
{
    [Fact]
    public void Three_values_by_hand()
    {
        // Student's t with 2 degrees of freedom: 4.303 at 97.5 %, in every table of it.
        var summary = SampleSummary.Of([1, 2, 3]);
        Assert.Equal((3, 2.0, 1.0), (summary.Count, summary.Mean, summary.StandardDeviation));
        Assert.Equal(4.303 / Math.Sqrt(3), summary.HalfWidth, 1e-3);
    }

    [Fact]
    public void A_single_value_says_nothing_of_its_spread_and_none_is_refused()
    {
        var summary = SampleSummary.Of([0.5]);
        Assert.Equal(0.5, summary.Mean);
        Assert.True(double.IsNaN(summary.StandardDeviation) && double.IsNaN(summary.HalfWidth));
        Assert.Throws<ArgumentException>(() => SampleSummary.Of([]));
    }
}
