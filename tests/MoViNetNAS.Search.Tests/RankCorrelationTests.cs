namespace MoViNetNAS.Search.Tests;

/// <summary>Vectors of tunas.md, section 12.</summary>
public sealed class RankCorrelationTests
{
    [Fact]
    public void Kendall_tau_without_ties() =>
        Assert.Equal(0.6, RankCorrelation.KendallTauB([1, 2, 3, 4, 5], [2, 1, 4, 3, 5])!.Value, 12);

    [Fact]
    public void Kendall_tau_b_with_ties() => Assert.Equal(0.4, RankCorrelation.KendallTauB([1, 2, 2, 3], [1, 3, 2, 2])!.Value, 12);

    [Fact]
    public void Without_an_order_there_is_no_correlation() => Assert.Null(RankCorrelation.KendallTauB([1, 1], [1, 2]));
}
