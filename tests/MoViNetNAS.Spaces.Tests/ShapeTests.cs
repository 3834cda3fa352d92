namespace MoViNetNAS.Spaces.Tests;

/// <summary>Sizes of feature maps and of the largest layer. Source: official code, "same" padding: size / stride, rounded up.</summary>
public sealed class ShapeTests
{
    [Theory]
    [InlineData("a0", new[] { 86, 43, 22, 11, 11, 6 })]
    [InlineData("a1", new[] { 86, 43, 22, 11, 11, 6 })]
    [InlineData("a2", new[] { 112, 56, 28, 14, 14, 7 })]
    [InlineData("a3", new[] { 128, 64, 32, 16, 16, 8 })]
    [InlineData("a4", new[] { 145, 73, 37, 19, 19, 10 })]
    [InlineData("a5", new[] { 160, 80, 40, 20, 20, 10 })]
    [InlineData("t0", new[] { 80, 40, 20, 10, 10, 5 })]
    public void Feature_sizes_after_stem_and_blocks(string name, int[] sizes)
    {
        LayerSite[] sites = [.. ReleasedArchitectures.Get(name).Sites()];
        int[] found = [sites[0].InputSize, .. sites.GroupBy(site => site.Block).Select(block => block.Last().OutputSize)];
        Assert.Equal(sizes, found);
    }

    [Theory]
    [InlineData("a0", 15, 11)]
    [InlineData("a1", 24, 17)]
    [InlineData("a2", 26, 19)]
    [InlineData("a3", 33, 23)]
    [InlineData("a4", 47, 35)]
    [InlineData("a5", 59, 43)]
    [InlineData("t0", 14, 8)]
    public void Layers_and_layers_over_time(string name, int layers, int temporal)
    {
        var architecture = ReleasedArchitectures.Get(name);
        Assert.Equal(layers, architecture.LayerCount);
        Assert.Equal(temporal, architecture.Sites().Count(site => site.Spec.Kernel.Temporal > 1));
        Assert.Equal(Enumerable.Range(1, layers), architecture.Sites().Select(site => site.Ordinal));
    }

    [Theory]
    [InlineData("a0", 44.4, 0.888)]
    [InlineData("a1", 74.0, 1.479)]
    [InlineData("a2", 125.4, 2.509)]
    [InlineData("a3", 393.2, 3.277)]
    [InlineData("a4", 539.7, 6.747)]
    [InlineData("a5", 983.0, 8.192)]
    [InlineData("t0", 14.4, 0.576)]
    public void Largest_layer_of_a_clip_and_of_a_frame_in_megabytes(string name, double clip, double frame)
    {
        var architecture = ReleasedArchitectures.Get(name);
        Assert.Equal(clip, CostModel.Of(architecture, NetworkVariant.Base, classes: 600).PeakActivationBytes / 1e6, 1);
        var oneFrame = CostModel.Of(architecture, NetworkVariant.Base, classes: 600, architecture.Input with { Frames = 1 });
        Assert.Equal(frame, oneFrame.PeakActivationBytes / 1e6, 3);
    }

    [Fact]
    public void Block_3_of_A3_and_A5_changes_width_without_a_pool()
    {
        foreach (string name in new[] { "a3", "a5" })
        {
            var architecture = ReleasedArchitectures.Get(name);
            var first = architecture.Sites().Single(site => site is { Block: 3, Layer: 0 });
            Assert.Equal((1, true), (first.Stride, first.HasProjectedSkip));
            var skip = CostModel.Rows(architecture, NetworkVariant.Base, classes: 600, architecture.Input)
                .Single(row => row is { Layer: "block3_layer0", Part: "skip" });
            Assert.Equal(0, skip.PooledElements);
        }
    }
}
