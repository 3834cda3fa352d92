using FsCheck.Xunit;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search.Tests;

public sealed class OperationKeyTests
{
    [Property(MaxTest = 30)]
    public void Every_operation_comes_back_from_its_text(ulong seed)
    {
        foreach (var space in new[] { TestSpaces.Tiny, TestSpaces.Large })
        {
            foreach (var key in OperationKeys.Of(space.Resolve(space.Sample(new RandomStream(seed))), space.Definition.Input.Resolution))
            {
                Assert.True(OperationKey.TryParse(key.ToString(), out var read), key.ToString());
                Assert.Equal(key, read);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("depthwise")]
    [InlineData("depthwise 16 24>24")]
    [InlineData("expand 16 24>24 5x3x3")]
    [InlineData("expand 16/1 24>24")]
    [InlineData("expand 16/3 24>24")]
    [InlineData("expand 016 24>24")]
    [InlineData("expand 16 24>24 ")]
    [InlineData("expand -16 24>24")]
    [InlineData("expnad 16 24>24")]
    [InlineData("depthwise 16/2 24>24 2x2x2")]
    public void What_is_no_operation_is_refused(string text) => Assert.False(OperationKey.TryParse(text, out _));

    [Property(MaxTest = 30)]
    public void Work_is_the_multiply_adds_of_the_cost_model_and_the_pools(ulong seed)
    {
        foreach (var variant in new[] { NetworkVariant.Causal, NetworkVariant.Stream })
        {
            var architecture = TestSpaces.Large.Resolve(TestSpaces.Large.Sample(new RandomStream(seed)));
            var input = new InputShape(1, 171);
            var rows = CostModel.Rows(architecture, variant, 600, input).Where(row => row.Part != "se").ToList();
            long work = OperationKeys.Of(architecture, 171).Where(key => key.Part != "se").Sum(key => OperationKeys.Work(key, variant, 600));
            Assert.Equal(rows.Sum(row => row.Macs) + 9 * rows.Sum(row => row.PooledElements), work);
        }
    }

    [Fact]
    public void A_cover_has_every_operation_of_the_space_as_often_as_asked()
    {
        var space = TestSpaces.Tiny;
        var all = TestSpaces.All(space).SelectMany(genotype => OperationKeys.Of(space.Resolve(genotype), 16)).ToHashSet();
        var cover = new OperationCover(space, 16);
        Assert.Equal(all.Select(key => $"{key}").Order(), cover.Operations.Select(key => $"{key}").Order());
        foreach (int times in new[] { 1, 3 })
        {
            var chosen = cover.Choose(new RandomStream(1), times);
            var counts = chosen.SelectMany(genotype => OperationKeys.Of(space.Resolve(genotype), 16).Distinct()).CountBy(key => key).ToDictionary();
            Assert.All(all, key => Assert.True(counts[key] >= times));
            Assert.Equal(chosen, cover.Choose(new RandomStream(1), times));
        }

        Assert.True(cover.Choose(new RandomStream(1)).Length <= 20);
    }
}
