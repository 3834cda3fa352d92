using System.Collections.Immutable;

namespace MoViNetNAS.Spaces;

/// <summary>One tensor that a stream carries from sub-clip to sub-clip.</summary>
/// <param name="Layer">The layer it belongs to: "block1_layer0", "head".</param>
/// <param name="Name">The official name, "state_block1_layer0_stream_buffer".</param>
/// <param name="Shape">For one stream and channels last, as the official models name it: [1, T, H, W, C], or [1] for a count.</param>
/// <param name="Kind">What it holds; counts are 32-bit numbers, all else float32.</param>
public sealed record StreamStateShape(string Layer, string Name, ImmutableArray<int> Shape, StreamStateKind Kind)
{
    /// <summary>The layer name under which the head's sum stands.</summary>
    public const string Head = "head";

    /// <summary>Float32 values; otherwise a 32-bit count of frames.</summary>
    public bool IsFloat => Kind != StreamStateKind.FrameCount;

    /// <summary>Elements of the tensor.</summary>
    public long Elements => Shape.Aggregate(1L, (product, size) => checked(product * size));

    /// <summary>The kt - 1 frames that a temporal kernel looks back.</summary>
    public static StreamStateShape StreamBuffer(string layer, int frames, int size, int channels) =>
        new(layer, $"state_{layer}_stream_buffer", [1, frames, size, size, channels], StreamStateKind.StreamBuffer);

    /// <summary>A running sum and the count of frames in it.</summary>
    public static IEnumerable<StreamStateShape> Pool(string layer, int channels) =>
    [
        new(layer, $"state_{layer}_pool_buffer", [1, 1, 1, 1, channels], StreamStateKind.PoolSum),
        new(layer, $"state_{layer}_pool_frame_count", [1], StreamStateKind.FrameCount),
    ];

    /// <summary>The frame index of a positional encoding.</summary>
    public static StreamStateShape FrameIndex(string layer) =>
        new(layer, $"state_{layer}_pos_enc_frame_count", [1], StreamStateKind.FrameCount);
}
