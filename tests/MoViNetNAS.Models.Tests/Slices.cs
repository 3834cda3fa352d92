using MoViNetNAS.Spaces;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests;

/// <summary>Copies the parts of a supernet's weights that a path uses into a stand-alone network.</summary>
internal static class Slices
{
    public static void Copy(Supernet supernet, MoViNet network)
    {
        var shared = supernet.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        var space = supernet.Space;
        int[] firstLayer = [.. space.Definition.Blocks.Select((_, b) => space.Definition.Blocks.Take(b).Sum(block => block.MaximumDepth))];
        var sites = network.Architecture.Sites().ToArray();
        foreach (var (name, target) in network.named_parameters())
        {
            string source = name;
            if (name.StartsWith("network.layers.", StringComparison.Ordinal))
            {
                string[] parts = name.Split('.');
                var site = sites[int.Parse(parts[2])];
                parts[2] = $"{firstLayer[site.Block] + site.Layer}";
                if (parts[3] == "branches") parts[4] = $"{space.Definition.Blocks[site.Block].Choices.Kernels.IndexOf(site.Spec.Kernel)}";
                source = string.Join('.', parts);
            }

            TorchSharp.torch.Tensor from = shared[source];
            bool isPaired = name.EndsWith("reduce.weight", StringComparison.Ordinal) && supernet.Variant.SqueezeExcite == SqueezeExciteType.Pool2plus3d;
            if (isPaired)
            {
                // [hidden, 2E]: both halves narrow by themselves.
                long width = from.shape[1] / 2, active = target.shape[1] / 2;
                from = cat([from.narrow(1, 0, active), from.narrow(1, width, active)], 1).narrow(0, 0, target.shape[0]);
            }
            else
            {
                for (int d = 0; d < target.dim(); d++) from = from.narrow(d, 0, target.shape[d]);
            }

            target.copy_(from);
        }
    }
}
