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
    public void What_a_switched_off_layer_would_have_chosen_costs_nothing()
    {
        // As the cost features of google-research/tunas 0c1bbe5: the outer choice "off" gives the same features whatever the inner one is.
        var space = TestSpaces.Tiny;
        var table = new CostTable(space, NetworkVariant.Causal, 10, space.Definition.Input);
        var choices = new int[space.Decisions.Length];
        var expected = table.Of(choices);
        for (int d = 0; d < choices.Length; d++)
        {
            if (space.IsActive(d, choices)) continue;
            for (choices[d] = space.Decisions[d].OptionCount - 1; choices[d] > 0; choices[d]--) Assert.Equal(expected, table.Of(choices));
        }
    }
}
