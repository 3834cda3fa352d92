using System.Collections.Immutable;

namespace MoViNetNAS.Spaces;

/// <summary>A block: layers that share an output width; the first one may halve the resolution.</summary>
/// <param name="Width">Output channels of every layer.</param>
/// <param name="Stride">Spatial stride of the first layer, 1 or 2.</param>
/// <param name="Layers">At least one.</param>
public sealed record BlockSpec(int Width, int Stride, ImmutableArray<LayerSpec> Layers);
