using FsCheck.Xunit;

namespace MoViNetNAS.Spaces.Tests;

public sealed class ScalingTests
{
    private const int Classes = 600;

    [Theory]
    [InlineData("causal", "depth\": [1, 2]", "depth\": [1, 2]")]
    [InlineData("stream", "\"stride\": 1", "\"stride\": 2")]
    [InlineData("causal", "\"resolution\": 16", "\"resolution\": 21")]
    public void The_expected_cost_is_the_mean_over_every_choice(string name, string old, string replacement)
    {
        var variant = NetworkVariant.ByName[name];
        var space = SpaceFile.Parse("small.json", SmallSpace.Text.Replace(old, replacement).Replace("\"expansions\": [1, 2, 3]", "\"expansions\": [1, 3]"));
        // Uniform choices, not uniform architectures: choices of layers beyond the depth count for as many as they are.
        long sum = 0, count = 0;
        foreach (int[] choices in Every(space))
        {
            sum += CostModel.Rows(space.Resolve(space.Genotype(choices)), variant, Classes, space.Definition.Input with { Frames = 1 }).Sum(row => row.Macs);
            count++;
        }

        double mean = (double)sum / count;
        Assert.Equal(mean, ExpectedCost.MacsPerFrame(space, variant, Classes), mean * 1e-12);
    }

    [Fact]
    public void A_variant_that_does_not_stream_has_no_cost_of_a_frame() =>
        Assert.Throws<ArgumentException>(() => ExpectedCost.MacsPerFrame(SmallSpace.Space, NetworkVariant.Base, Classes));

    [Fact]
    public void Scaling_multiplies_what_the_coefficients_say_and_rounds_it()
    {
        var a2 = SpaceFile.Load(Repository.Space("a2")).Definition;
        var coefficients = new ScalingCoefficients(Depth: 1.2, Width: 1.1, Resolution: 1.15, FrameRate: 1.25);
        Assert.Same(a2, SpaceScaler.Scale(a2, coefficients, 0));
        var up = SpaceScaler.Scale(a2, coefficients, 1);
        Assert.Equal("a3", up.Name);
        Assert.Equal(new InputShape(63, 256, 4), up.Input); // 224 x 1.15 = 257.6; stride 5 / 1.25; 250 source frames / 4
        Assert.Equal([24, 56, 104, 104, 208], up.Blocks.Select(block => block.Width)); // 26.4, 52.8, 105.6, 105.6, 211.2
        Assert.All(up.Blocks, block => Assert.Equal((1, 12), (block.MinimumDepth, block.MaximumDepth)));
        Assert.Equal((16, 560, 2048), (up.StemWidth, up.HeadWidth, up.DenseWidth)); // 17.6, 563.2
        var down = SpaceScaler.Scale(a2, coefficients, -2);
        Assert.Equal("a0", down.Name);
        Assert.Equal(new InputShape(31, 168, 8), down.Input); // 169.4; 7.8; 250 / 8
        Assert.All(down.Blocks, block => Assert.Equal(7, block.MaximumDepth)); // 6.94
        Assert.Equal(a2.Blocks[0].Choices, up.Blocks[0].Choices);
    }

    [Theory]
    [InlineData("a2", 4, "a6")]
    [InlineData("a2", -2, "a0")]
    [InlineData("a2", -3, "a2-3")]
    [InlineData("tiny", 2, "tiny+2")]
    [InlineData("s9", 1, "s10")]
    [InlineData("tiny", 0, "tiny")]
    public void Scaled_spaces_are_named_by_their_step(string name, int step, string expected) => Assert.Equal(expected, SpaceScaler.NameOf(name, step));

    [Fact]
    public void The_search_is_decided_by_its_seed_and_more_draws_never_worsen_it()
    {
        var space = SmallSpace.With("depth\": [1, 2]", "depth\": [1, 4]").Definition;
        ScaledFamily Search(int draws) => ScalingSearch.Run(space, Steps(-1, 1, draws), new RandomStream(3), cancellation: TestContext.Current.CancellationToken);
        var few = Search(20);
        Assert.Equal(few.Coefficients, Search(20).Coefficients);
        Assert.Equal([-1, 0, 1], few.Spaces.Select(scaled => scaled.Step));
        Assert.Equal(2, few.Ratios.Length);
        double previous = double.PositiveInfinity;
        foreach (int draws in new[] { 1, 5, 20, 80 })
        {
            var family = Search(draws);
            double deviation = Math.Max(family.Deviation, ScalingSearch.GoodEnough);
            Assert.True(deviation <= previous);
            previous = deviation;
        }
    }

    [Fact]
    public void Among_vectors_that_double_well_enough_the_most_even_one_is_chosen()
    {
        var a2 = SpaceFile.Load(Repository.Space("a2")).Definition;
        const int Draws = 30;
        var found = ScalingSearch.Run(a2, Steps(0, 1, Draws), new RandomStream(1), cancellation: TestContext.Current.CancellationToken);
        Assert.InRange(found.Deviation, 0, ScalingSearch.GoodEnough);
        for (int draws = 1; draws < Draws; draws++)
        {
            var shorter = ScalingSearch.Run(a2, Steps(0, 1, draws), new RandomStream(1), cancellation: TestContext.Current.CancellationToken);
            if (shorter.Deviation <= ScalingSearch.GoodEnough) Assert.True(shorter.Coefficients.Unevenness >= found.Coefficients.Unevenness);
        }

        Assert.Equal(found.Spaces[1].MeanMacsPerFrame, ScalingSearch.Of(a2, found.Coefficients, Steps(0, 1, 1)).Spaces[1].MeanMacsPerFrame);
        Assert.Equal(0.0, new ScalingCoefficients(4, 2, 2, 4).Unevenness, 12);
        Assert.Equal(Math.Log(4), new ScalingCoefficients(4, 1, 2, 4).Unevenness, 12);
    }

    [Property]
    public void A_written_space_reads_back_as_itself(ulong seed)
    {
        var random = new RandomStream(seed);
        var a2 = SpaceFile.Load(Repository.Space("a2")).Definition;
        var coefficients = new ScalingCoefficients(random.Uniform(1, 1.6), random.Uniform(1, 1.3), random.Uniform(1, 1.3), random.Uniform(1, 1.6));
        var written = SpaceScaler.Scale(random.Below(2) == 0 ? a2 : SmallSpace.Space.Definition, coefficients, random.Below(5) - 2);
        string text = SpaceText.Of(written, "A comment of more words than fit into one line. " + new string('x', 100) + " and more of it");
        var read = SpaceFile.Parse("written.json", text);
        Assert.Equal(new SearchSpace(written).Hash, read.Hash);
        Assert.Equal(written.Name, read.Name);
        Assert.Equal(text, SpaceText.Of(read.Definition, "A comment of more words than fit into one line. " + new string('x', 100) + " and more of it"));
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 160));
    }

    private static ScalingSettings Steps(int first, int last, int draws) => new(first, last, draws, NetworkVariant.Causal, Classes);

    // Every assignment of options, inactive layers' too.
    private static IEnumerable<int[]> Every(SearchSpace space)
    {
        int[] choices = new int[space.Decisions.Length];
        while (true)
        {
            yield return choices;
            int d = 0;
            while (d < choices.Length && ++choices[d] == space.Decisions[d].OptionCount) choices[d++] = 0;
            if (d == choices.Length) yield break;
        }
    }
}
