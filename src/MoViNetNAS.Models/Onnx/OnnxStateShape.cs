using MoViNetNAS.Spaces;

namespace MoViNetNAS.Models.Onnx;

/// <summary>A tensor that a stream of an ONNX file carries from step to step.</summary>
/// <param name="Layer">The layer it belongs to; empty for the count of frames.</param>
/// <param name="Name">Name of the input; the official one but for the count of frames, which is one for all layers here.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Shape">Without the batch: [C, kt-1, H * W] of a stream buffer, [C] of a sum, nothing of the count.</param>
internal sealed record OnnxStateShape(string Layer, string Name, StreamStateKind Kind, IReadOnlyList<long> Shape)
{
    /// <summary>Name of the count.</summary>
    public const string FrameCount = "state_frame_count";

    /// <summary>End of the names of outputs.</summary>
    public const string NextEnd = "_next";

    /// <summary>Name of the output that holds it after the step.</summary>
    public string NextName => Name + NextEnd;

    /// <summary>Float32, or the int32 count.</summary>
    public bool IsFloat => Kind != StreamStateKind.FrameCount;

    /// <summary>Numbers of one stream.</summary>
    public long Elements => Shape.Aggregate(1L, (product, size) => checked(product * size));

    /// <summary>Bytes of one stream; every element has four.</summary>
    public long Bytes => checked(Elements * sizeof(float));

    /// <summary>For readers of the file.</summary>
    public string Description => Kind switch
    {
        StreamStateKind.StreamBuffer => "The last frames that the temporal kernel saw: [batch, channels, frames, rows * columns].",
        StreamStateKind.PoolSum => "Sum of means over all frames so far: [batch, channels].",
        _ => "Frames seen so far: [batch].",
    };

    /// <summary>What a network's stream carries in a file.</summary>
    /// <param name="shapes">As <see cref="NetworkDesign.States"/> lists them.</param>
    public static IReadOnlyList<OnnxStateShape> Of(IReadOnlyList<StreamStateShape> shapes) =>
    [
        .. shapes.Where(shape => shape.IsFloat).Select(shape => new OnnxStateShape(
            shape.Layer, shape.Name, shape.Kind,
            shape.Kind == StreamStateKind.PoolSum ? [shape.Shape[^1]] : [shape.Shape[4], shape.Shape[1], (long)shape.Shape[2] * shape.Shape[3]])),
        new OnnxStateShape("", FrameCount, StreamStateKind.FrameCount, []),
    ];
}
