using MoViNetNAS.Spaces;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests;

public sealed class CostLaws
{
    /// <summary>250 architectures of each space, each variant in turn: what the cost model counts is what is built.</summary>
    [Theory]
    [InlineData("tiny", 250)]
    [InlineData("a2", 250)]
    public void Parameters_of_the_built_network_equal_the_cost_models(string spaceName, int count)
    {
        var space = TinySpace.Load(spaceName);
        NetworkVariant[] variants =
        [
            NetworkVariant.Base, NetworkVariant.Causal, NetworkVariant.Stream, NetworkVariant.Stream with { HasPositionalEncoding = true },
        ];
        for (int i = 0; i < count; i++)
        {
            using var scope = NewDisposeScope();
            var random = new RandomStream(1).Derive(spaceName, i);
            var architecture = space.Resolve(space.Sample(random));
            var variant = variants[i % variants.Length];
            var cost = CostModel.Of(architecture, variant, 10);
            using var network = new MoViNet(architecture, variant, 10, new FirstWeights(random));
            long trainable = network.parameters().Sum(parameter => parameter.numel());
            Assert.Equal(cost.TrainableParameters, trainable);
            Assert.Equal(cost.TotalParameters, trainable + network.buffers().Sum(buffer => buffer.numel()));
        }
    }

    [Theory]
    [InlineData("a0")]
    [InlineData("a3")]
    [InlineData("t0")]
    public void Parameters_of_released_networks_equal_the_cost_models(string name)
    {
        var architecture = ReleasedArchitectures.Get(name);
        foreach (var variant in new[] { NetworkVariant.Base, ReleasedArchitectures.StreamVariant(name) })
        {
            using var scope = NewDisposeScope();
            using var network = new MoViNet(architecture, variant, 600, new FirstWeights(new RandomStream(1)));
            Assert.Equal(CostModel.Of(architecture, variant, 600).TrainableParameters, network.parameters().Sum(parameter => parameter.numel()));
        }
    }

    /// <summary>Every layer of 250 architectures of each space gives the shape that shape inference says, on small clips.</summary>
    [Theory]
    [InlineData("tiny", 250, 32)]
    [InlineData("a2", 250, 16)]
    public void Inferred_shapes_equal_real_ones(string spaceName, int count, int resolution)
    {
        var space = TinySpace.Load(spaceName);
        using var unrecorded = no_grad();
        for (int i = 0; i < count; i++)
        {
            using var scope = NewDisposeScope();
            var random = new RandomStream(2).Derive(spaceName, i);
            int size = resolution - random.Below(8);
            var architecture = space.Resolve(space.Sample(random));
            using var network = new MoViNet(architecture, NetworkVariant.Base, 2, new FirstWeights(random));
            var shapes = new List<(int, int)>();
            var clip = StreamingLaws.Clip(1, 2, size, random);
            network.Network.Walk(
                clip, SubnetPath.Of(architecture), ForwardMode.Evaluation, null, out _, x => shapes.Add(((int)x.shape[1], (int)x.shape[3])));
            var expected = architecture.Sites(size).Select(site => (site.OutputWidth, site.OutputSize)).ToArray();
            Assert.Equal(expected, shapes);
        }
    }
}
