namespace MoViNetNAS.Spaces.Tests;

public sealed class SpaceFitTests
{
    [Fact]
    public void An_architecture_of_the_space_fits_in_every_value()
    {
        var space = SpaceFile.Load(Repository.Space("a2"));
        for (int i = 0; i < 20; i++)
        {
            var rows = SpaceFit.Of(space, space.Resolve(space.Sample(new RandomStream(5).Derive("sample", i))));
            Assert.All(rows, row => Assert.Equal((FitType.Option, ""), (row.Fit, row.Why)));
        }
    }

    [Fact]
    public void The_released_A2_lies_in_its_space_but_for_one_expansion()
    {
        // Fact: one expansion of A2 is 160, 1.67 times its nominal width; everything else is an option of the paper's space.
        var rows = SpaceFit.Of(SpaceFile.Load(Repository.Space("a2")), ReleasedArchitectures.Get("a2"));
        var miss = Assert.Single(rows, row => row.Fit != FitType.Option);
        Assert.Equal(("block4/layer2/expansion", "160", FitType.Between, "between 144 and 192"), (miss.Path, miss.Value, miss.Fit, miss.Why));
        Assert.Equal(3 + 2 * 5 + 3 * 26 + 3, rows.Length);
    }

    [Fact]
    public void What_does_not_fit_says_why()
    {
        var space = SpaceFile.Load(Repository.Space("a2"));
        var a2 = ReleasedArchitectures.Get("a2");
        var odd = a2 with
        {
            Input = new InputShape(40, 256, 5),
            StemWidth = 8,
            DenseWidth = 4096,
            Blocks = a2.Blocks.SetItem(0, new BlockSpec(20, 2, [.. Enumerable.Repeat(new LayerSpec(400, new KernelShape(1, 3), false), 12)])),
        };
        var why = SpaceFit.Of(space, odd).Where(row => row.Fit != FitType.Option).ToDictionary(row => row.Path, row => row.Why);
        Assert.Equal("below 50", why["input/frames"]);
        Assert.Equal("above 224", why["input/resolution"]);
        Assert.Equal("below 16", why["stem/width"]);
        Assert.Equal("between 16 and 24", why["block2/width"]);
        Assert.Equal("above 10", why["block2/depth"]);
        Assert.Equal("above 96", why["block2/layer12/expansion"]);
        Assert.Equal("above 2048", why["dense/width"]);
        Assert.DoesNotContain("block2/layer1/se", why.Keys);
        Assert.Contains(SpaceFit.Of(SmallSpace.With("\"stride\": 2", "\"stride\": 1"), SmallSpace.Space.Largest()), row => row is { Path: "block2/stride", Why: "above 1" });
        Assert.Throws<ArgumentException>(() => SpaceFit.Of(SmallSpace.Space, a2));
    }

    [Fact]
    public void A_kernel_that_a_block_does_not_offer_is_named()
    {
        var largest = SmallSpace.Space.Largest();
        var other = largest with { Blocks = [.. largest.Blocks.Select(block => block with { Layers = [.. block.Layers.Select(layer => layer with { Kernel = new KernelShape(1, 7) })] })] };
        Assert.All(SpaceFit.Of(SmallSpace.Space, other).Where(row => row.Kind == "kernel"), row => Assert.Equal((FitType.Outside, "not among the options"), (row.Fit, row.Why)));
    }
}
