using MoViNetNAS.Spaces;
using DataType = MoViNetNAS.Models.Onnx.Format.TensorProto.Types.DataType;

namespace MoViNetNAS.Models.Onnx;

/// <summary>What every part of a network needs to be written into a graph.</summary>
/// <param name="Graph">Where operators are added.</param>
/// <param name="Axes">Batch and time.</param>
/// <param name="Weights">With norms folded in.</param>
/// <param name="Variant">How layers are built.</param>
/// <param name="Ports">What a stream carries; null for whole clips.</param>
/// <param name="Numbers">Frames seen.</param>
internal sealed record GraphPass(
    OnnxGraph Graph, ClipAxes Axes, FoldedWeights Weights, NetworkVariant Variant, StreamPorts? Ports, FrameNumbers Numbers)
{
    /// <summary>A 1x1 convolution with its norm, without activation.</summary>
    public OnnxValue Pointwise(string name, OnnxValue x, string parameter, string norm, double scale = 1) =>
        Graph.Pointwise(name, x, Weights.Arrays($"{parameter}.weight", norm, scale));

    /// <summary>The variant's activation.</summary>
    public OnnxValue Activate(string name, OnnxValue x) => Graph.Activation(name, x, Variant.Activation);

    /// <summary>As float32: sums over thousands of frames would stand still in float16.</summary>
    public OnnxValue Precise(string name, OnnxValue x) => Graph.Cast($"{name}_float32", x, DataType.Float);

    /// <summary>Back in the type of the arithmetic.</summary>
    public OnnxValue Typed(string name, OnnxValue x) => Graph.Cast($"{name}_typed", x, Graph.Arithmetic);
}
