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

    [Fact]
    public void Kernels_outside_the_known_seven_have_colours_of_their_own_and_the_known_keep_theirs()
    {
        var network = ReleasedArchitectures.ByName["a0"];
        string plain = Drawn.Svg(ArchitectureDiagram.Draw(new ArchitectureFigure("", network)));
        Architecture With(params KernelShape[] kernels) => network with { Blocks = network.Blocks.SetItem(4, network.Blocks[4] with { Layers = [.. kernels.Select(kernel => network.Blocks[4].Layers[0] with { Kernel = kernel })] }) };

        var two = new ArchitectureFigure("", With(new(7, 3), new(3, 1), new(11, 11), new(7, 3)));
        string svg = Drawn.Svg(ArchitectureDiagram.Draw(two));
        string[] texts = Drawn.Texts(svg);
        Assert.Equal([3, 2, 2], new[] { "7x3x3", "3x1x1", "11x11x11" }.Select(kernel => texts.Count(text => text == kernel))); // at layers, and once in the legend
        Assert.DoesNotContain("other kernels", texts);
        Assert.Equal(3, Fills(svg).Except(Fills(plain)).Count() / 2); // a strong and a pale one for each
        Assert.Contains("block6,layer1,7x3x3,", string.Join('\n', Drawn.CsvLines(ArchitectureDiagram.Draw(two))), StringComparison.Ordinal);
        Drawn.Keep(ArchitectureDiagram.Draw(two), "architecture-other-kernels");

        string many = Drawn.Svg(ArchitectureDiagram.Draw(new ArchitectureFigure("", With(new(3, 1), new(3, 5), new(7, 3), new(7, 7), new(9, 9), new(11, 11)))));
        Assert.Single(Drawn.Texts(many), "other kernels");
        Assert.Equal(5, Fills(many).Except(Fills(plain)).Count() / 2); // four, and one for the rest
        Assert.All(KernelShape.All, kernel => Assert.Equal(new KernelColors(KernelShape.All).Of(kernel), new KernelColors([new(7, 3), kernel]).Of(kernel)));
    }

    private static string[] Fills(string svg) => [.. Drawn.Elements(svg, "rect").Select(rect => rect.Attribute("fill")?.Value ?? "").Distinct()];
}
