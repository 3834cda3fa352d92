using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests;

public sealed class GlobalSqueezeExciteTests
{
    private static readonly NetworkVariant Global = NetworkVariant.Causal with { HasGlobalSqueezeExcite = true };

    // Where no kernel looks into the past, causal convolutions are those of the base network: only squeeze-excite could differ.
    [Fact]
    public void Without_temporal_kernels_it_is_the_base_network_and_the_causal_one_is_not()
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var clip = rand([2, 3, 5, 32, 32], generator: new Generator(4));
        using var whole = Network(NetworkVariant.Base);
        using var global = Network(Global);
        using var causal = Network(NetworkVariant.Causal);
        float Difference(MoViNet network) => network.Classify(clip).sub(whole.Classify(clip)).abs().max().item<float>();
        Assert.InRange(Difference(global), 0, 1e-6f);
        Assert.True(Difference(causal) > 1e-4f);
    }

    [Fact]
    public void It_cannot_stream_has_no_state_and_costs_what_the_base_network_costs()
    {
        Assert.False(Global.CanStream);
        using var network = Network(Global);
        Assert.Throws<InvalidOperationException>(() => network.InitialState(1, 32));
        Assert.False(CompiledNetwork.Takes(network));
        var input = new InputShape(8, 32);
        Assert.Equal(CostModel.Of(Flat, NetworkVariant.Base, 5, input), CostModel.Of(Flat, Global, 5, input));
    }

    [Theory]
    [InlineData("""{ "of": "causal", "globalSqueezeExcite": true, "positionalEncoding": true }""", "positionalEncoding")]
    [InlineData("""{ "of": "base", "globalSqueezeExcite": true }""", "causal")]
    public void What_it_cannot_be_combined_with_is_refused(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<InputException>(() => ConfigDocument.Bind("variant", text, VariantFile.Read)).Message);

    [Fact]
    public void It_is_read_back_under_a_name_that_tells()
    {
        var read = ConfigDocument.Bind("variant", VariantFile.Write(Global).ToJsonString(), VariantFile.Read);
        Assert.True(read.HasGlobalSqueezeExcite);
        Assert.Equal("causal, globalSqueezeExcite true", read.Name);
    }

    private static Architecture Flat
    {
        get
        {
            var a0 = ReleasedArchitectures.ByName["a0"];
            return a0 with { Blocks = [.. a0.Blocks.Select(block => block with { Layers = [.. block.Layers.Select(layer => layer with { Kernel = layer.Kernel with { Temporal = 1 } })] })] };
        }
    }

    private static MoViNet Network(NetworkVariant variant) => new(Flat, variant, 5, new FirstWeights(new RandomStream(1), ResidualScale: 1));
}
