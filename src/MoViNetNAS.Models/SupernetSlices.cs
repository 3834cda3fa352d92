using System.Globalization;
using MoViNetNAS.Spaces;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>Cuts the weights of one architecture out of a supernet.</summary>
internal static class SupernetSlices
{
    private const string Layers = "network.layers.", Branches = "branches";

    /// <summary>Copies the first rows and columns of every shared parameter into <paramref name="network"/>.</summary>
    public static void Copy(Supernet supernet, MoViNet network)
    {
        using var unrecorded = no_grad();
        using var scope = NewDisposeScope();
        var shared = supernet.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        foreach (var (name, target) in network.named_parameters())
        {
            Tensor from = shared[Source(name, supernet.Space, network.Architecture)];
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

    // A supernet counts layers over the deepest blocks, and has a branch for each kernel.
    private static string Source(string name, SearchSpace space, Architecture architecture)
    {
        if (!name.StartsWith(Layers, StringComparison.Ordinal)) return name;
        string[] parts = name.Split('.');
        var site = architecture.Sites().ElementAt(int.Parse(parts[2], CultureInfo.InvariantCulture));
        int first = space.Definition.Blocks.Take(site.Block).Sum(block => block.MaximumDepth);
        parts[2] = (first + site.Layer).ToString(CultureInfo.InvariantCulture);
        if (parts[3] == Branches)
            parts[4] = space.Definition.Blocks[site.Block].Choices.Kernels.IndexOf(site.Spec.Kernel).ToString(CultureInfo.InvariantCulture);
        return string.Join('.', parts);
    }
}
