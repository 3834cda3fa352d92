using System.Collections.Immutable;

namespace MoViNetNAS.Spaces;

/// <summary>The branches of a supernet layer that are switched on; the outputs of several are averaged.</summary>
/// <param name="Kernels">Depthwise kernels, at least one.</param>
/// <param name="SqueezeExcite">Squeeze-excite on, off, or both, at least one.</param>
public sealed record LayerBranches(ImmutableArray<KernelShape> Kernels, ImmutableArray<bool> SqueezeExcite);
