namespace MoViNetNAS.Training.Tests;

public sealed class ThroughoutCosineScheduleTests
{
    // Source: the published Kinetics-600 training: 85,785 steps, 2,145 of warm-up, peak 1.8; worked out from the formula to 7 digits.
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0.0008379)]
    [InlineData(1_000, 0.8378670)]
    [InlineData(2_144, 1.7963868)]
    [InlineData(2_145, 1.7972246)]
    [InlineData(10_000, 1.7403198)]
    [InlineData(42_893, 0.8999835)]
    [InlineData(60_000, 0.3723141)]
    [InlineData(85_785, 0)]
    [InlineData(90_000, 0)]
    public void Rates_are_those_of_the_published_training(long step, double rate) =>
        Assert.Equal(rate, new ThroughoutCosineSchedule(1.8, 85_785, 2_145).At(step), 1e-6);

    [Fact]
    public void Without_a_warm_up_it_is_the_other_schedule() =>
        Assert.All(Enumerable.Range(0, 60), step => Assert.Equal(new CosineSchedule(0.5, 50, 0).At(step), new ThroughoutCosineSchedule(0.5, 50, 0).At(step)));

    [Fact]
    public void The_settings_choose_it()
    {
        var settings = TrainingSettings.Default with { LearningRate = 1.8, WarmUpFraction = 0.1 };
        Assert.Equal(new CosineSchedule(1.8, 200, 20), settings.Rates(200));
        Assert.Equal(new ThroughoutCosineSchedule(1.8, 200, 20), (settings with { Schedule = RateScheduleType.CosineThroughout }).Rates(200));
    }
}
