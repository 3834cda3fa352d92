using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search.Tests;

/// <summary>Runs alone, so that the other tests do not slow it.</summary>
[CollectionDefinition(nameof(TimingTests), DisableParallelization = true)]
[Collection(nameof(TimingTests))]
public sealed class TimingTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Draw_cost_and_log_probability_of_a_large_architecture_take_microseconds(bool hasLatency)
    {
        var space = TestSpaces.Large;
        var latency = hasLatency ? SyntheticLatency.Table(space, NetworkVariant.Causal, 600) : null;
        var table = new CostTable(space, NetworkVariant.Causal, 600, space.Definition.Input, latency);
        var controller = TestSpaces.Policy(space, 1);
        var random = new RandomStream(1);
        long sum = 0;
        double logs = 0;
        void Round(int count)
        {
            for (int i = 0; i < count; i++)
            {
                int[] choices = controller.Sample(random);
                sum += table.Of(space.Genotype(choices)).Macs;
                logs += controller.LogProbability(choices);
            }
        }

        Round(20_000); // fills the table, warms the compiler
        // The fastest of many short rounds: other programs on the machine make the rest slower.
        double microseconds = double.PositiveInfinity;
        for (int i = 0; i < 50; i++)
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            Round(200);
            microseconds = Math.Min(microseconds, watch.Elapsed.TotalMicroseconds / 200);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{microseconds:0.0} microseconds");
        // 20 is the design's limit for optimised code; this runs unoptimised too.
        Assert.InRange(microseconds, 0, 100);
        Assert.True(sum > 0 && logs < 0);
    }

    [Fact]
    public void A_million_points_take_about_a_second_at_most()
    {
        var random = new RandomStream(1);
        (double Cost, double Quality)[] points = [.. Enumerable.Range(0, 1_000_000).Select(_ => (random.Uniform(), random.Uniform()))];
        var fastest = TimeSpan.MaxValue; // of three: other programs on the machine make the rest slower
        for (int i = 0; i < 3; i++)
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            Assert.NotEmpty(ParetoFront.Of(points, p => p.Cost, p => p.Quality));
            if (watch.Elapsed < fastest) fastest = watch.Elapsed;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{fastest.TotalMilliseconds:0} ms");
        Assert.InRange(fastest.TotalSeconds, 0, 4); // the design's limit is 1 for optimised code; this runs unoptimised too
    }
}
