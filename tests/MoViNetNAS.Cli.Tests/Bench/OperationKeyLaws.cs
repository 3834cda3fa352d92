using FsCheck.Xunit;
using MoViNetNAS.Models;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using TorchSharp;

namespace MoViNetNAS.Cli.Tests.Bench;

public sealed class OperationKeyLaws
{
    [Property(MaxTest = 4)]
    public void Keys_are_the_operations_of_the_compiled_network_in_its_order(ulong seed)
    {
        using var scope = torch.NewDisposeScope();
        foreach (string name in new[] { "tiny", "small" })
        {
            foreach (var variant in new[] { NetworkVariant.Causal, NetworkVariant.Stream })
            {
                var random = new RandomStream(seed);
                var space = SpaceFile.Load(Path.Combine(Repository.Root, "searchspaces", $"{name}.json"));
                using var network = new MoViNet(space.Resolve(space.Sample(random)), variant, 8, new FirstWeights(random));
                using var compiled = CompiledNetwork.Of(network);
                var keys = OperationKeys.Of(network.Architecture, space.Definition.Input.Resolution);
                Assert.Equal(compiled.Operations.Select(operation => operation.Part), keys.Select(key => key.Part));
            }
        }
    }
}
