using FsCheck.Xunit;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search.Tests;

public sealed class PathRuleTests
{
    public static TheoryData<string> Spaces => ["tiny", "1234", "twos"];

    [Theory]
    [MemberData(nameof(Spaces))]
    public void After_each_fair_update_every_option_of_an_operation_has_been_trained_equally_often(string name)
    {
        var space = Space(name);
        var rule = new StrictlyFairPaths(space, new RandomStream(5));
        int[] ops = [.. Enumerable.Range(0, space.Decisions.Length).Where(d => space.Decisions[d].IsOp)];
        Assert.Equal(ops.Max(d => space.Decisions[d].OptionCount), rule.Paths);
        var counts = space.Decisions.Select(decision => new int[decision.OptionCount]).ToArray();
        for (int step = 0; step < 30; step++)
        {
            var paths = rule.Choices(step);
            Assert.Equal(rule.Paths, paths.Length);
            foreach (int d in ops)
            {
                int[] ofUpdate = new int[space.Decisions[d].OptionCount];
                foreach (int[] choices in paths)
                {
                    counts[d][choices[d]]++;
                    if (space.IsActive(d, choices)) ofUpdate[choices[d]]++;
                }

                bool dividesEvenly = rule.Paths % ofUpdate.Length == 0;
                if (dividesEvenly) Assert.Single(ofUpdate.Distinct()); // all of the update's paths have the layer, or none
                Assert.InRange(counts[d].Max() - counts[d].Min(), 0, dividesEvenly ? 0 : 1);
            }

            foreach (int d in Enumerable.Range(0, space.Decisions.Length).Where(d => space.Decisions[d].Tag == DecisionTag.Depth))
                Assert.Single(paths.Select(choices => choices[d]).Distinct());
        }
    }

    [Fact]
    public void Fair_orders_of_different_layers_are_independent()
    {
        var rule = new StrictlyFairPaths(TestSpaces.Tiny, new RandomStream(5));
        int[] kernels = [.. Enumerable.Range(0, TestSpaces.Tiny.Decisions.Length).Where(d => TestSpaces.Tiny.Decisions[d].Tag == DecisionTag.Kernel)];
        int equal = Enumerable.Range(0, 600).Count(step => rule.Choices(step)[0] is var choices && choices[kernels[0]] == choices[kernels[1]]);
        Assert.InRange(equal, 150, 250); // a third of 600 is 200, standard deviation 12
    }

    [Property(MaxTest = 20)]
    public void A_sandwich_begins_with_the_dearest_then_the_cheapest(ulong seed)
    {
        var space = TestSpaces.Tiny;
        var costs = new CostTable(space, NetworkVariant.Causal, 10, space.Definition.Input);
        long[] macs = [.. new SandwichPaths(space, 5, new RandomStream(seed)).Choices(3).Select(choices => costs.Of(space.Genotype(choices)).Macs)];
        Assert.Equal(5, macs.Length);
        Assert.Equal(TestSpaces.All(space).Max(genotype => costs.Of(genotype).Macs), macs[0]);
        Assert.Equal(TestSpaces.All(space).Min(genotype => costs.Of(genotype).Macs), macs[1]);
    }

    [Fact]
    public void Uniform_paths_draw_every_option_about_equally_often()
    {
        var space = TestSpaces.Tiny;
        var rule = new UniformPaths(space, 2, new RandomStream(8));
        var drawn = Enumerable.Range(0, 1500).SelectMany(step => rule.Choices(step)).ToArray();
        for (int d = 0; d < space.Decisions.Length; d++)
        {
            int options = space.Decisions[d].OptionCount;
            for (int option = 0; option < options; option++)
                Assert.InRange(drawn.Count(choices => choices[d] == option) * options / 3000.0, 0.85, 1.15);
        }
    }

    [Fact]
    public void Rules_are_functions_of_seed_and_step()
    {
        foreach (var algorithm in new[] { SearchAlgorithm.Spos, SearchAlgorithm.FairNas, SearchAlgorithm.Sandwich })
        {
            IPathRule Rule(ulong seed) => PathRules.Of(new SearchSettings { Algorithm = algorithm }, TestSpaces.Tiny, new RandomStream(seed));
            Assert.Equal(Rule(1).Choices(7), Rule(1).Choices(7));
            Assert.NotEqual(Rule(1).Choices(7), Rule(1).Choices(8));
            Assert.NotEqual(Rule(1).Choices(7), Rule(2).Choices(7));
            Assert.Equal(algorithm == SearchAlgorithm.Sandwich, Rule(1).IsDistilled);
        }

        Assert.Throws<ArgumentException>(() => PathRules.Of(new SearchSettings(), TestSpaces.Tiny, new RandomStream(1)));
    }

    private static SearchSpace Space(string name) => name switch
    {
        "tiny" => TestSpaces.Tiny,
        "1234" => TestSpaces.OneTwoThreeFour,
        _ => SpaceFile.Parse("twos.json", """
            {
              "format": 1, "name": "twos", "input": { "frames": 4, "resolution": 16 }, "stem": { "width": 8 },
              "layer": { "kernels": ["1x3x3", "3x3x3", "5x3x3", "1x5x5"], "expansions": [1, 2], "squeezeExcite": [true, false] },
              "blocks": [{ "width": 16, "stride": 2, "depth": [1, 3] }],
              "head": { "width": 64, "denseWidth": 32 }
            }
            """),
    };
}
