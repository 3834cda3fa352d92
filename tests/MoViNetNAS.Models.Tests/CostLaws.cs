using MoViNetNAS.Spaces;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests;

public sealed class CostLaws
{
    private static readonly NetworkVariant[] Variants =
    [
        NetworkVariant.Base, NetworkVariant.Causal, NetworkVariant.Stream, NetworkVariant.Stream with { HasPositionalEncoding = true },
        .. FamilyLaws.Streams.Select(row => FamilyLaws.Variant(row.Data)),
        NetworkVariant.Base with { HeadPooling = HeadPooling.TemporalSoftmax },
    ];

    /// <summary>What is counted and inferred from the description is what is built: 250 architectures of each space, each variant in turn.</summary>
    [Theory]
    [InlineData("tiny", 250, 32)]
    [InlineData("a2", 250, 16)]
    public void Parameters_and_shapes_of_the_built_network_are_those_that_were_counted_and_inferred(string spaceName, int count, int resolution)
    {
        var space = TinySpace.Load(spaceName);
        // Weights of the hidden layer are the same for all; a narrow one keeps the test quick.
        space = new SearchSpace(space.Definition with { DenseWidth = 16 });
        using var unrecorded = no_grad();
        for (int i = 0; i < count; i++)
        {
            using var scope = NewDisposeScope();
            var random = new RandomStream(1).Derive(spaceName, i);
            var architecture = space.Resolve(space.Sample(random));
            var variant = Variants[i % Variants.Length];
            int size = resolution - random.Below(8);
            using var network = new MoViNet(architecture, variant, 10, new FirstWeights(random));

            var cost = CostModel.Of(architecture, variant, 10);
            long trainable = network.parameters().Sum(parameter => parameter.numel());
            Assert.Equal(cost.TrainableParameters, trainable);
            Assert.Equal(cost.TotalParameters, trainable + network.buffers().Sum(buffer => buffer.numel()));

            var shapes = new List<(int, int)>();
            network.Network.Walk(
                StreamingLaws.Clip(1, 2, size, random), SubnetPath.Of(architecture), ForwardMode.Evaluation, null, false, out _,
                x => shapes.Add(((int)x.shape[1], (int)x.shape[3])));
            Assert.Equal(architecture.Sites(size).Select(site => (site.OutputWidth, site.OutputSize)), shapes);
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
}
