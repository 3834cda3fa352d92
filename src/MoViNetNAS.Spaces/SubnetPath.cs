using System.Collections.Immutable;

namespace MoViNetNAS.Spaces;

/// <summary>A way through a supernet: an architecture's widths and depths, and the branches of each layer.</summary>
/// <param name="Architecture">Widths and depths; its kernels and squeeze-excite are the first branch of each layer.</param>
/// <param name="Branches">One entry for each layer, in order. Several branches are averaged, as the op warm-up of TuNAS does.</param>
public sealed record SubnetPath(Architecture Architecture, ImmutableArray<LayerBranches> Branches)
{
    /// <summary>The path of exactly one architecture.</summary>
    public static SubnetPath Of(Architecture architecture) => new(
        architecture,
        [.. architecture.Blocks.SelectMany(block => block.Layers).Select(layer => new LayerBranches([layer.Kernel], [layer.HasSqueezeExcite]))]);
}
