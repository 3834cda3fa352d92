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
}
