using System.Numerics;

namespace MoViNetNAS.Spaces.Tests;

public sealed class SearchSpaceTests
{
    [Fact]
    public void Decisions_have_the_paths_of_the_paper()
    {
        Assert.Equal(
            [
                "stem/width", "block2/width", "block2/depth",
                "block2/layer1/kernel", "block2/layer1/expansion", "block2/layer1/se",
                "block2/layer2/kernel", "block2/layer2/expansion", "block2/layer2/se",
                "block3/width", "block3/depth",
                "block3/layer1/kernel", "block3/layer1/expansion", "block3/layer1/se",
                "block3/layer2/kernel", "block3/layer2/expansion", "block3/layer2/se",
                "block3/layer3/kernel", "block3/layer3/expansion", "block3/layer3/se",
                "head/width",
            ],
            SmallSpace.Space.Decisions.Select(decision => decision.Path));
    }

    [Fact]
    public void Architectures_are_counted_as_brute_force_counts_them()
    {
        var space = SmallSpace.Space;
        var seen = new HashSet<Genotype>();
        int[] choices = new int[space.Decisions.Length];
        do seen.Add(space.Genotype(choices));
        while (Advance(choices, space));

        Assert.Equal(new BigInteger(seen.Count), space.ArchitectureCount);
        Assert.Equal(seen.Count, seen.Select(genotype => Describe(space.Resolve(genotype))).Distinct().Count());
    }

    [Fact]
    public void A2_has_the_number_of_architectures_worked_out_by_hand()
    {
        // Depth 1-10 with 7 x 6 x 2 = 84 choices a layer: 84 + 84^2 + ... + 84^10. No two expansions of a block round to one
        // width, not even of the narrowest: 24 x {1.5, 2, 2.5, 3, 3.5, 4} = 40, 48, 64, 72, 88, 96.
        BigInteger layers = Enumerable.Range(1, 10).Aggregate(BigInteger.Zero, (sum, depth) => sum + BigInteger.Pow(84, depth));
        BigInteger widths = 3; // of a block: {16, 24, 32}, {40, 48, 64}, ...
        BigInteger stem = 2; // 16 x {0.75, 1, 1.25} = 16, 16, 24
        Assert.Equal(stem * 3 * BigInteger.Pow(widths * layers, 5), SpaceFile.Load(Repository.Space("a2")).ArchitectureCount);
    }

    [Fact]
    public void A2_holds_what_the_released_A2_is_made_of()
    {
        var space = SpaceFile.Load(Repository.Space("a2"));
        var a2 = ReleasedArchitectures.Get("a2");
        Assert.Equal(a2.Input, space.Definition.Input);
        Assert.Equal(a2.DenseWidth, space.Definition.DenseWidth);
        Assert.Contains(a2.StemWidth, Options(space, "stem/width"));
        Assert.Contains(a2.HeadWidth, Options(space, "head/width"));
        for (int b = 0; b < a2.Blocks.Length; b++)
        {
            Assert.Equal(a2.Blocks[b].Stride, space.Definition.Blocks[b].Stride);
            Assert.Contains(a2.Blocks[b].Width, Options(space, $"block{b + 2}/width"));
            Assert.Contains(a2.Blocks[b].Layers.Length, Options(space, $"block{b + 2}/depth"));
            var expansions = Options(space, $"block{b + 2}/layer1/expansion");
            // 160 of block 4 is the one released expansion that no published multiplier gives.
            Assert.All(a2.Blocks[b].Layers.Where(layer => layer.Expansion != 160), layer => Assert.Contains(layer.Expansion, expansions));
        }
    }

    [Fact]
    public void Tiny_has_every_kind_of_decision_with_something_to_choose()
    {
        var space = SpaceFile.Load(Repository.Space("tiny"));
        Assert.Equal(new InputShape(8, 32), space.Definition.Input);
        Assert.All(space.Decisions, decision => Assert.True(decision.OptionCount >= 2, decision.Path));
        Assert.Equal(KernelShape.All, space.Definition.Blocks[0].Choices.Kernels);
        Assert.Equal([16, 8, 4], space.Largest().Sites().Select(site => site.InputSize).Distinct());
    }

    [Fact]
    public void Options_that_round_to_one_width_are_one_option()
    {
        // 8 x {1, 1.25, 2} = 8, 8, 16
        var space = SmallSpace.With("\"widthMultipliers\": [1, 2]", "\"widthMultipliers\": [1, 1.25, 2]");
        Assert.Equal([8, 16], Options(space, "stem/width"));
    }

    [Theory]
    [InlineData("\"frames\": 4", "\"frames\": 5")]
    [InlineData("\"resolution\": 16", "\"resolution\": 32")]
    [InlineData("\"widthMultipliers\": [1, 2]", "\"widthMultipliers\": [1, 3]")]
    [InlineData("\"widthMultipliers\": [1, 2]", "\"widthMultipliers\": [2, 1]")]
    [InlineData("\"stride\": 1", "\"stride\": 2")]
    [InlineData("\"depth\": [2, 3]", "\"depth\": [1, 3]")]
    [InlineData("\"5x1x1\"", "\"7x1x1\"")]
    [InlineData("\"expansions\": [1, 2, 3]", "\"expansions\": [1, 2, 4]")]
    [InlineData("\"denseWidth\": 32", "\"denseWidth\": 40")]
    public void Changing_an_option_changes_the_hash(string old, string replacement) =>
        Assert.NotEqual(SmallSpace.Space.Hash, SmallSpace.With(old, replacement).Hash);

    [Theory]
    [InlineData("\"name\": \"small\"", "\"name\": \"renamed\"")]
    [InlineData("// a comment", "// another comment\n// on two lines")]
    [InlineData("  \"stem\"", "\n\n\t\"stem\"")]
    public void Names_comments_and_white_space_do_not_change_the_hash(string old, string replacement) =>
        Assert.Equal(SmallSpace.Space.Hash, SmallSpace.With(old, replacement).Hash);

    [Theory]
    [InlineData("a2")]
    [InlineData("tiny")]
    public void The_space_files_of_the_repository_open_with_what_they_are(string name) =>
        Assert.StartsWith("// ", File.ReadAllText(Path.Combine(Repository.Root, "searchspaces", name + ".json")));

    private static IEnumerable<int> Options(SearchSpace space, string path) => space.Decisions.Single(decision => decision.Path == path).Values;

    private static bool Advance(int[] choices, SearchSpace space)
    {
        for (int d = 0; d < choices.Length; d++)
        {
            if (++choices[d] < space.Decisions[d].OptionCount) return true;
            choices[d] = 0;
        }

        return false;
    }

    private static string Describe(Architecture a) =>
        $"{a.StemWidth} {a.HeadWidth} {string.Join('|', a.Blocks.Select(block => $"{block.Width}: {string.Join(", ", block.Layers)}"))}";
}
