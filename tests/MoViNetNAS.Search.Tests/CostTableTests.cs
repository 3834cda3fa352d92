using FsCheck.Xunit;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search.Tests;

public sealed class CostTableTests
{
    private static readonly CostTable[] Tables = [.. NetworkVariant.ByName.Values.SelectMany(variant => new[]
    {
        new CostTable(TestSpaces.Tiny, variant, 10, TestSpaces.Tiny.Definition.Input),
        new CostTable(TestSpaces.Large, variant, 600, new InputShape(13, 171)),
    })];

    [Property(MaxTest = 60)]
    public void The_table_says_what_the_cost_model_says(ulong seed)
    {
        int i = 0;
        foreach (var variant in NetworkVariant.ByName.Values)
        {
            foreach (var (space, classes, input) in new[] { (TestSpaces.Tiny, 10, TestSpaces.Tiny.Definition.Input), (TestSpaces.Large, 600, new InputShape(13, 171)) })
            {
                var genotype = space.Sample(new RandomStream(seed));
                Assert.Equal(CostModel.Of(space.Resolve(genotype), variant, classes, input), Tables[i++].Of(genotype));
            }
        }
    }

    [Fact]
    public void Draw_cost_and_log_probability_of_a_large_architecture_take_microseconds()
    {
        var space = TestSpaces.Large;
        var table = new CostTable(space, NetworkVariant.Causal, 600, space.Definition.Input);
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
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Round(20_000);
        double microseconds = watch.Elapsed.TotalMicroseconds / 20_000;
        TestContext.Current.TestOutputHelper?.WriteLine($"{microseconds:0.0} microseconds");
        // 20 is the design's limit; shared machines are given five times that.
        Assert.InRange(microseconds, 0, 100);
        Assert.True(sum > 0 && logs < 0);
    }
}
