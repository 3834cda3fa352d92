using MoViNetNAS.Spaces;

namespace MoViNetNAS.Reporting.Tests;

public sealed class ArchitectureDiagramTests
{
    [Theory]
    [InlineData("a0")]
    [InlineData("a2")]
    [InlineData("a5")]
    [InlineData("t0")]
    public void Blocks_kernels_sizes_and_marks_are_those_of_the_network(string name)
    {
        var network = ReleasedArchitectures.ByName[name];
        Figure Draw() => ArchitectureDiagram.Draw(new ArchitectureFigure($"MoViNet-{name.ToUpperInvariant()}", network));
        string svg = Drawn.Svg(Draw());
        string[] texts = Drawn.Texts(svg);
        foreach (string text in new[] { $"MoViNet-{name.ToUpperInvariant()}", "Channels", "stem", "2", "6", "head", "squeeze-excite", "stride 2" }) Assert.Contains(text, texts);
        Assert.Contains(texts, text => text.Contains($"clip: {network.Input.Frames} x {network.Input.Resolution}²", StringComparison.Ordinal));
        string[] sizes = [.. network.Sites().GroupBy(site => site.Block).Select(block => $"{block.Last().OutputSize}²")];
        Assert.All(sizes, size => Assert.Contains(size, texts));
        string[] kernels = [.. network.Blocks.SelectMany(block => block.Layers).Select(layer => $"{layer.Kernel}")];
        Assert.All(kernels.Distinct(), kernel => Assert.Contains(kernel, texts));

        // With room for them, kernels stand at their layers, and once in the legend.
        bool hasTexts = network.LayerCount < 30;
        Assert.Equal(hasTexts ? kernels.Count(kernel => kernel == "3x3x3") + 1 : 1, texts.Count(text => text == "3x3x3"));
        // A circle for each layer with squeeze-excite and one in the legend.
        Assert.Equal(1 + network.LayerCount, Drawn.Elements(svg, "circle", "ellipse").Count());
        Drawn.Keep(Draw(), $"architecture-{name}");
    }

    [Fact]
    public void Data_have_a_row_for_stem_each_layer_and_head()
    {
        var network = ReleasedArchitectures.ByName["a0"];
        string[] lines = Drawn.CsvLines(ArchitectureDiagram.Draw(new ArchitectureFigure("", network)));
        Assert.Equal("block,layer,kernel,inputWidth,expansion,outputWidth,stride,squeezeExcite,inputSize,outputSize", lines[0]);
        Assert.Equal(1 + 1 + network.LayerCount + 1, lines.Length);
        Assert.Equal("stem,stem,1x3x3,3,,8,2,False,172,86", lines[1]);
        Assert.Equal("block2,layer1,1x5x5,8,24,8,2,True,86,43", lines[2]);
        Assert.Equal("block6,layer4,1x5x5,104,344,104,1,True,11,11".Replace("11,11", $"{network.Sites().Last().InputSize},{network.Sites().Last().OutputSize}", StringComparison.Ordinal), lines[^2]);
        Assert.Equal($"head,head,1x1x1,104,,480,1,False,{network.Sites().Last().OutputSize},{network.Sites().Last().OutputSize}", lines[^1]);
    }

    [Fact]
    public void A_layer_without_squeeze_excite_has_no_mark()
    {
        var network = ReleasedArchitectures.ByName["a0"];
        var first = network.Blocks[0];
        var without = network with { Blocks = network.Blocks.SetItem(0, first with { Layers = [.. first.Layers.Select(layer => layer with { HasSqueezeExcite = false })] }) };
        int Circles(Architecture of) => Drawn.Elements(Drawn.Svg(ArchitectureDiagram.Draw(new ArchitectureFigure("", of))), "circle", "ellipse").Count();
        Assert.Equal(first.Layers.Length, Circles(network) - Circles(without));
    }
}
