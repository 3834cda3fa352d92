using FsCheck.Xunit;

namespace MoViNetNAS.Spaces.Tests;

/// <summary>Laws of genotypes, on the repository's spaces.</summary>
public sealed class GenotypeTests
{
    private static readonly SearchSpace[] Spaces = [SmallSpace.Space, SpaceFile.Load(Repository.Space("tiny")), SpaceFile.Load(Repository.Space("a2"))];

    [Property]
    public bool Text_and_back_is_the_same_genotype(ulong seed) => Spaces.All(space =>
    {
        var genotype = space.Sample(new RandomStream(seed));
        var read = space.Parse(genotype.ToString());
        return read.Equals(genotype) && read.GetHashCode() == genotype.GetHashCode();
    });

    [Property]
    public bool Changing_inactive_decisions_changes_nothing(ulong seed) => Spaces.All(space =>
    {
        var random = new RandomStream(seed);
        var genotype = space.Sample(random);
        int[] choices = [.. genotype.Choices];
        for (int d = 0; d < choices.Length; d++)
            if (!space.IsActive(d, genotype.Choices.AsSpan())) choices[d] = random.Below(space.Decisions[d].OptionCount);
        var changed = space.Genotype(choices);
        return changed.Equals(genotype) && changed.ToString() == genotype.ToString();
    });

    [Property]
    public bool Changing_an_active_decision_changes_the_genotype(ulong seed) => Spaces.All(space =>
    {
        var random = new RandomStream(seed);
        var genotype = space.Sample(random);
        int decision = random.Below(space.Decisions.Length);
        int options = space.Decisions[decision].OptionCount;
        if (options == 1 || !space.IsActive(decision, genotype.Choices.AsSpan())) return true;
        int[] choices = [.. genotype.Choices];
        choices[decision] = (choices[decision] + 1) % options;
        return !space.Genotype(choices).Equals(genotype);
    });

    [Property]
    public bool Every_sampled_genotype_resolves_to_an_architecture_of_its_space(ulong seed) => Spaces.All(space =>
    {
        var largest = space.Largest();
        var architecture = space.Resolve(space.Sample(new RandomStream(seed)));
        bool isInside = architecture.StemWidth <= largest.StemWidth && architecture.HeadWidth <= largest.HeadWidth
            && architecture.Blocks.Zip(largest.Blocks).All(pair =>
                pair.First.Width <= pair.Second.Width && pair.First.Layers.Length <= pair.Second.Layers.Length
                && pair.First.Layers.Zip(pair.Second.Layers).All(layers => layers.First.Expansion <= layers.Second.Expansion));
        return isInside && CostModel.Of(architecture, NetworkVariant.Stream, classes: 8).Macs > 0;
    });

    [Fact]
    public void The_same_seed_samples_the_same_genotype() =>
        Assert.Equal(Spaces[2].Sample(new RandomStream(5)), Spaces[2].Sample(new RandomStream(5)));

    [Theory]
    [InlineData("", "has 1 numbers; space 'small' has 21 decisions")]
    [InlineData("0:1", "has 2 numbers; space 'small' has 21 decisions")]
    [InlineData("0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:9", "decision 21 ('head/width') has options 0-1, not '9'")]
    [InlineData("-1:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0", "decision 1 ('stem/width') has options 0-1, not '-1'")]
    [InlineData("0:0:0:x:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0", "('block2/layer1/kernel') has options 0-1, not 'x'")]
    [InlineData("0:0:0:0:0:0: 0:0:0:0:0:0:0:0:0:0:0:0:0:0:0", "not ' 0'")]
    public void A_text_that_is_no_genotype_of_the_space_is_refused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<InputException>(() => SmallSpace.Space.Parse(text)).Message);

    [Fact]
    public void Choices_out_of_range_are_the_programmers_mistake()
    {
        var space = SmallSpace.Space;
        Assert.Throws<ArgumentException>(() => space.Genotype([0]));
        Assert.Throws<ArgumentException>(() => space.Genotype([.. Enumerable.Repeat(5, space.Decisions.Length)]));
    }

    [Fact]
    public void A_path_of_single_options_is_the_architecture()
    {
        var space = SpaceFile.Load(Repository.Space("tiny"));
        var genotype = space.Sample(new RandomStream(3));
        var path = space.Path([.. genotype.Choices.Select(choice => System.Collections.Immutable.ImmutableArray.Create(choice))]);
        double macs = CostModel.Of(space.Resolve(genotype), NetworkVariant.Causal, classes: 8).Macs;
        Assert.Equal(macs, CostModel.PathMacs(path, NetworkVariant.Causal, classes: 8));
    }
}
