using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search.Tests;

/// <summary>Q(T) = 0.70 + 0.05 log2(T / 84) on T from 20 to 200; landing points worked out on a grid.</summary>
public sealed class BetaAdviceTests
{
    private static double Quality(double cost) => 0.70 + 0.05 * Math.Log2(cost / 84);

    private static QualitySlope Known(double target) => new(0.05 / Math.Log(2), 0.001, Quality(target), 100);

    private static BetaAdvice Advice(RewardType reward, double? beta, double target = 84) => new(
        new CostTerm(CostObjective.Macs, target, beta, reward), Known(target), 20 / target, 200 / target);

    [Theory]
    [InlineData(RewardType.Soft, -0.10, 60, 113.0)] // T0 cancels
    [InlineData(RewardType.Soft, -0.10, 84, 113.0)]
    [InlineData(RewardType.Soft, -0.10, 120, 113.0)]
    [InlineData(RewardType.Hard, -0.10, 84, 113.0)]
    [InlineData(RewardType.Hard, -0.10, 120, 120)] // flat below the target: the unconstrained peak lies there
    [InlineData(RewardType.Absolute, -0.10, 84, 84)]
    [InlineData(RewardType.Absolute, -0.07, 84, 86.5)]
    [InlineData(RewardType.Absolute, -0.03, 84, 200)] // runs away
    public void A_reward_lands_where_the_reference_says(RewardType reward, double beta, double target, double cost)
    {
        double landing = target * Advice(reward, beta, target).LandingRatio;
        Assert.Equal(cost, landing, 0.15);
        // And there the reward itself has its peak.
        double[] costs = [.. Enumerable.Range(200, 1801).Select(i => i / 10.0)];
        IReward made = reward switch
        {
            RewardType.Absolute => new AbsoluteReward(target, beta),
            RewardType.Soft => new SoftExponentialReward(target, beta),
            _ => new HardExponentialReward(target, beta),
        };
        Assert.Equal(costs.MaxBy(t => made.Score(Quality(t), t)), landing, 0.15);
    }

    [Theory]
    [InlineData(RewardType.Absolute)]
    [InlineData(RewardType.Soft)]
    [InlineData(RewardType.Hard)]
    public void What_auto_takes_holds_the_target(RewardType reward)
    {
        var advice = Advice(reward, null);
        Assert.True(advice.HoldsTarget);
        Assert.Equal(1, advice.LandingRatio, 1e-6);
        Assert.Contains("beta auto is", advice.InWords());
        if (reward == RewardType.Absolute)
        {
            Assert.Equal(-1.5 * 0.0721348, advice.RecommendedLeast, 6);
            Assert.Equal(-2 * 0.0721348, advice.RecommendedMost, 6);
            Assert.Equal(-1.75 * 0.0721348, advice.Beta, 6);
        }
    }

    [Fact]
    public void A_beta_that_will_miss_is_warned_of()
    {
        string runsAway = Advice(RewardType.Absolute, -0.03).InWords();
        Assert.Contains("WARNING: beta -0.03 with the absolute reward will miss: it lands at 2.381 of the target; -0.108 to -0.144 would hold it.", runsAway);
        Assert.Contains("5.0 points a doubling", runsAway);
        Assert.Contains("WARNING", Advice(RewardType.Soft, -0.10).InWords());
        Assert.DoesNotContain("WARNING", Advice(RewardType.Absolute, -0.10).InWords());
    }

    [Fact]
    public void A_slope_not_told_apart_from_none_leaves_auto_at_the_published_beta()
    {
        var advice = Advice(RewardType.Absolute, null) with { Slope = new QualitySlope(0.001, 0.002, 0.5, 40) };
        Assert.Equal(-0.10, advice.Beta);
        Assert.Contains("not told apart from none", advice.InWords());
    }

    [Theory]
    [InlineData(4)]
    [InlineData(1)] // one a step: beside a trend over the steps
    public void A_slope_is_that_of_cost_not_of_weights_that_got_better(int candidates)
    {
        // Quality rises by a third over the steps while cost falls, as in warm-up; within a step it rises by 0.06 per ln x.
        var random = new RandomStream(5);
        var samples = new List<SlopeSample>();
        for (int step = 0; step < 400 / candidates; step++)
        {
            double progress = step * candidates / 400.0;
            for (int k = 0; k < candidates; k++)
            {
                double x = Math.Exp(0.3 * random.Normal() + 0.4 * (0.5 - progress));
                samples.Add(new SlopeSample(step, 0.3 + 0.33 * progress + 0.06 * Math.Log(x) + 0.02 * random.Normal(), [x]));
            }
        }

        var slope = QualitySlope.Fit(samples, 0)!;
        Assert.InRange(slope.Slope, 0.06 - 4 * slope.StandardError, 0.06 + 4 * slope.StandardError);
        Assert.InRange(slope.StandardError, 0.001, 0.01);
        Assert.True(slope.IsClear);
    }

    [Fact]
    public void The_standard_error_is_the_spread_of_slopes_also_where_noise_grows_with_cost()
    {
        // 400 repetitions, fixed streams; the mean error estimates the spread of the slopes within 15 % (their own error is 3.5 %).
        var slopes = new List<double>();
        double meanError = 0;
        for (ulong seed = 0; seed < 400; seed++)
        {
            var random = new RandomStream(seed);
            var samples = Enumerable.Range(0, 120).Select(i =>
            {
                double u = random.Uniform(-0.6, 0.6);
                return new SlopeSample(i / 4, 0.5 + 0.05 * u + 0.05 * Math.Abs(u) * random.Normal(), [Math.Exp(u)]);
            }).ToList();
            var fit = QualitySlope.Fit(samples, 0)!;
            slopes.Add(fit.Slope);
            meanError += fit.StandardError / 400;
        }

        var summary = SampleSummary.Of(slopes);
        Assert.Equal(0.05, summary.Mean, 4 * summary.StandardDeviation / Math.Sqrt(400));
        Assert.InRange(meanError / summary.StandardDeviation, 0.85, 1.15);
    }

    [Fact]
    public void Too_few_or_too_similar_architectures_give_no_slope()
    {
        SlopeSample[] few = [.. Enumerable.Range(0, 19).Select(i => new SlopeSample(i / 4, 0.5, [1 + i / 10.0]))];
        SlopeSample[] alike = [.. Enumerable.Range(0, 40).Select(i => new SlopeSample(i / 4, 0.5 + i, [1]))];
        Assert.Null(QualitySlope.Fit(few, 0));
        Assert.Null(QualitySlope.Fit(alike, 0));
    }

    [Fact]
    public void A_search_with_beta_auto_takes_the_advice_when_the_controller_begins_to_learn()
    {
        var search = ResumedSearchTests.Search(ResumedSearchTests.Auto, 1);
        var listener = new Recorder();
        var result = search.Run(listener, null, TestContext.Current.CancellationToken);
        var advice = Assert.Single(listener.Advice);
        Assert.Equal(advice, Assert.Single(result.Advice));
        Assert.Equal(advice.Recommended, advice.Beta);
        Assert.InRange(advice.Slope.Slope, 0.05, 0.4); // the toy's quality rises with cost
        foreach (var trial in listener.Reports.Skip(search.Settings.DelaySteps).SelectMany(report => report.Trials))
            Assert.Equal(new AbsoluteReward(search.Window.Target, advice.Beta).Score(trial.Quality, trial.Cost.Macs), trial.Reward, 12);
        // The first learning step's baseline is that step's own mean reward: older rewards had another beta.
        var first = listener.Reports[search.Settings.DelaySteps];
        Assert.Equal(first.MeanReward, first.Baseline, 12);
    }
}
