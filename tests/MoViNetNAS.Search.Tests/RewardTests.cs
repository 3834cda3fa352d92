namespace MoViNetNAS.Search.Tests;

/// <summary>Source: tests of google-research/tunas 0c1bbe5, to six places.</summary>
public sealed class RewardTests
{
    [Theory]
    [InlineData(1, 0.5, -0.07, 0.762110, 0.762110, 0.73)]
    [InlineData(0.5, 1, -0.07, 0.839773, 0.8, 0.765)]
    [InlineData(1, 1, -0.07, 0.8, 0.8, 0.8)]
    public void Rewards_equal_the_reference(double cost, double target, double beta, double soft, double hard, double absolute)
    {
        Assert.Equal(soft, new SoftExponentialReward(target, beta).Score(0.8, cost), 6);
        Assert.Equal(hard, new HardExponentialReward(target, beta).Score(0.8, cost), 6);
        Assert.Equal(absolute, new AbsoluteReward(target, beta).Score(0.8, cost), 12);
    }

    [Fact]
    public void Absolute_reward_with_the_default_beta() => Assert.Equal(0.70, new AbsoluteReward(0.5, -0.10).Score(0.8, 1), 12);

    [Fact]
    public void Several_terms_multiply_and_add()
    {
        // By hand: soft 2^-0.07 and hard (below target, 1) of 0.8, then -0.1 |3 - 1|; the order of the terms changes nothing.
        IReward soft = new SoftExponentialReward(0.5, -0.07), hard = new HardExponentialReward(2, -0.5), absolute = new AbsoluteReward(1, -0.1);
        Assert.Equal(0.762110 - 0.2, new CombinedReward([soft, hard, absolute]).Score(0.8, [1, 1, 3]), 6);
        Assert.Equal(new CombinedReward([soft, hard, absolute]).Score(0.8, [1, 1, 3]), new CombinedReward([absolute, soft, hard]).Score(0.8, [3, 1, 1]));
        Assert.Equal(0.8 * 2 * 0.25, new CombinedReward([new SoftExponentialReward(2, -1), new SoftExponentialReward(1, -2)]).Score(0.8, [1, 2]), 12);
        Assert.Equal(0.8 - 0.1 * 0.5 - 0.3 * 1, new CombinedReward([new AbsoluteReward(2, -0.1), new AbsoluteReward(1, -0.3)]).Score(0.8, [1, 2]), 12);
        Assert.Equal(0.8, new CombinedReward([]).Score(0.8, []));
        Assert.Throws<ArgumentException>(() => new CombinedReward([soft]).Score(0.8, [1, 2]));
    }

    [Theory]
    [InlineData(0.95, new double[] { 1, 2, 0 }, new[] { 1.0, 1.512821, 0.982472 })]
    [InlineData(0.9, new double[] { 1, 2 }, new[] { 1.0, 1.526316 })]
    public void Baseline_is_the_debiased_average_with_the_current_reward(double momentum, double[] rewards, double[] expected)
    {
        var baseline = new RewardBaseline(momentum);
        for (int i = 0; i < rewards.Length; i++)
        {
            baseline = baseline.Include(rewards[i]);
            Assert.Equal(expected[i], baseline.Value, 6);
        }
    }

    [Fact]
    public void Soft_reward_lands_where_beta_says_whatever_the_target()
    {
        // Worked out on a grid: Q(T) = 0.70 + 0.05 log2(T / 84) on [20, 200], beta -0.10 -> T = 113.0 for every target.
        double[] costs = [.. Enumerable.Range(200, 1801).Select(i => i / 10.0)];
        foreach (double target in new[] { 60.0, 84, 120 })
            Assert.Equal(113.0, costs.MaxBy(t => new SoftExponentialReward(target, -0.10).Score(0.70 + 0.05 * Math.Log2(t / 84), t)), 0.15);
        Assert.Equal(84.0, costs.MaxBy(t => new AbsoluteReward(84, -0.10).Score(0.70 + 0.05 * Math.Log2(t / 84), t)), 1e-9);
    }
}
