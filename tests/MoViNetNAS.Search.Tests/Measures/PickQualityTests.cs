using FsCheck.Xunit;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search.Tests;

public sealed class PickQualityTests
{
    [Fact]
    public void By_hand()
    {
        double[] scores = [0.9, 0.8, 0.7, 0.6], truth = [0.60, 0.75, 0.50, 0.80];
        Assert.Equal(0.5, PickQuality.TopOverlap(scores, truth, 2));
        Assert.Equal([3, 2, 2, 1], Enumerable.Range(1, 4).Select(k => PickQuality.BestRankOfTop(scores, truth, k)));
        Assert.Equal(0.2, PickQuality.Regret(scores, truth), 12);
    }

    [Property(MaxTest = 200)]
    public void A_perfect_score_loses_nothing(ulong seed)
    {
        var random = new RandomStream(seed);
        int count = 1 + (int)(seed % 20);
        double[] truth = [.. Enumerable.Range(0, count).Select(_ => (double)random.Below(5))], scores = [.. Enumerable.Range(0, count).Select(_ => (double)random.Below(5))];
        Assert.Equal(0, PickQuality.Regret(truth, truth));
        for (int k = 1; k <= count; k++)
        {
            Assert.Equal(1, PickQuality.TopOverlap(truth, truth, k));
            Assert.Equal(1, PickQuality.BestRankOfTop(truth, truth, k));
            Assert.InRange(PickQuality.BestRankOfTop(scores, truth, k), 1, count - k + 1);
            Assert.Equal(PickQuality.TopOverlap(scores, truth, k), PickQuality.TopOverlap(truth, scores, k));
        }

        Assert.Equal(PickQuality.Regret(scores, truth) == 0, PickQuality.BestRankOfTop(scores, truth, 1) == 1);
    }

    [Fact]
    public void More_than_there_are_cannot_be_picked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PickQuality.TopOverlap([1, 2], [1, 2], 3));
        Assert.Throws<ArgumentException>(() => PickQuality.Regret([], []));
        Assert.Throws<ArgumentException>(() => PickQuality.Regret([1], [1, 2]));
    }
}
