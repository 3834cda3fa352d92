using System.Collections.Immutable;

namespace MoViNetNAS.Spaces;

/// <summary>One tensor that a stream carries from sub-clip to sub-clip.</summary>
/// <param name="Name">The official name, "state_block1_layer0_stream_buffer".</param>
/// <param name="Shape">For one stream and channels last, as the official models name it: [1, T, H, W, C], or [1] for a count.</param>
/// <param name="IsFloat">Float32 values; otherwise a 32-bit count of frames.</param>
public sealed record StreamStateShape(string Name, ImmutableArray<int> Shape, bool IsFloat)
{
    /// <summary>Elements of the tensor.</summary>
    public long Elements => Shape.Aggregate(1L, (product, size) => checked(product * size));
}
