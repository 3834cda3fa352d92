namespace MoViNetNAS.Search.Tests;

/// <summary>Source: tests and schedules of google-research/tunas 0c1bbe5; long schedules are worked out from its formulas.</summary>
public sealed class ScheduleTests
{
    [Theory]
    [InlineData(-500, 1)]
    [InlineData(0, 1)]
    [InlineData(5, 0.5)]
    [InlineData(9, 0.1)]
    [InlineData(10, 0)]
    [InlineData(50, 0)]
    public void Warm_up_fades_linearly(int step, double expected) => Assert.Equal(expected, new WarmUp(10).Probability(step), 12);

    [Fact]
    public void No_warm_up_steps_means_no_warm_up() => Assert.Equal(0, new WarmUp(0).Probability(0));

    [Theory]
    [InlineData(6761, 0)]
    [InlineData(6762, 0.0048)]
    [InlineData(13525, 0.010342)]
    [InlineData(20000, 0.021565)]
    [InlineData(27049, 0.047995)]
    public void Controller_learning_rate_waits_then_grows_tenfold(int step, double expected)
    {
        var settings = new SearchSettings(Steps: 27_050);
        Assert.Equal(6762, settings.DelaySteps);
        Assert.Equal(expected, new ControllerLearningRate(0.0048, settings.Growth, settings.DelaySteps, settings.Steps).At(step), 6);
    }

    [Fact]
    public void Automatic_rate_spreads_a_third_of_the_published_budget() =>
        Assert.Equal(97.4 / 750 / 3, ControllerLearningRate.Auto(750), 12);
}
