using System.Collections.Immutable;

namespace MoViNetNAS.Spaces;

/// <summary>What the layers of a block may choose from.</summary>
/// <param name="Kernels">Depthwise kernels, at least one.</param>
/// <param name="Expansions">Inner width as a multiple of the block's nominal width, at least one.</param>
/// <param name="SqueezeExcite">Squeeze-excite on (true), off (false), or both.</param>
public sealed record LayerChoices(
    ImmutableArray<KernelShape> Kernels, ImmutableArray<double> Expansions, ImmutableArray<bool> SqueezeExcite);
