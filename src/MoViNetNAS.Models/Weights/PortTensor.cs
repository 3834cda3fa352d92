using System.Collections.Immutable;

namespace MoViNetNAS.Models;

/// <summary>One entry of a state dict of the PyTorch port.</summary>
/// <param name="Key">Its name there, "blocks.b0_l0.expand.conv_1.conv3d.weight".</param>
/// <param name="Shape">Its shape there; empty for a scalar.</param>
/// <param name="Name">The name of the same numbers in the state dict of our <see cref="MoViNet"/>; null for the counters
/// <c>num_batches_tracked</c> (int64), which PyTorch's norms have and ours do not.</param>
public sealed record PortTensor(string Key, ImmutableArray<long> Shape, string? Name)
{
    /// <summary>Whether it is a counter that we do not hold: ignored on import, 0 on export.</summary>
    public bool IsCounter => Name is null;
}
