using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Models.Onnx.Format;
using MoViNetNAS.Spaces;
using AttributeType = MoViNetNAS.Models.Onnx.Format.AttributeProto.Types.AttributeType;
using DataType = MoViNetNAS.Models.Onnx.Format.TensorProto.Types.DataType;

namespace MoViNetNAS.Models.Onnx;

/// <summary>The operators of opset 17 that networks need, each with the shape of its result.</summary>
internal static class OnnxOperators
{
    private const long End = long.MaxValue; // of an axis, in Slice

    /// <summary>x + y, x - y, x * y or x / y, broadcast.</summary>
    public static OnnxValue Arithmetic(this OnnxGraph graph, string type, string name, OnnxValue x, OnnxValue y) =>
        graph.Add(type, name, Broadcast(x.Shape, y.Shape), [x, y]);

    /// <summary>The same numbers as another type; the value itself where it has that type.</summary>
    public static OnnxValue Cast(this OnnxGraph graph, string name, OnnxValue x, DataType type) =>
        x.Type == type ? x : graph.Add("Cast", name, x.Shape, [x], [Whole("to", (long)type)], type);

    /// <summary>Axes in another order.</summary>
    public static OnnxValue Transpose(this OnnxGraph graph, string name, OnnxValue x, params int[] order) =>
        graph.Add("Transpose", name, [.. order.Select(axis => x.Shape[axis])], [x], [Wholes("perm", [.. order.Select(axis => (long)axis)])]);

    /// <summary>Values one after the other along <paramref name="axis"/>, whose size is then <paramref name="size"/>.</summary>
    public static OnnxValue Concat(this OnnxGraph graph, string name, int axis, OnnxDim size, params OnnxValue[] parts) =>
        graph.Add("Concat", name, With(parts[0].Shape, axis, size), parts, [Whole("axis", axis)]);

    /// <summary>The last <paramref name="count"/> of an axis.</summary>
    public static OnnxValue Last(this OnnxGraph graph, string name, OnnxValue x, int axis, long count) =>
        graph.Add("Slice", name, With(x.Shape, axis, count), [x, graph.WholeNumbers(-count), graph.WholeNumbers(End), graph.WholeNumbers(axis)]);

    /// <summary>The sum or mean over an axis.</summary>
    /// <param name="graph">Where it is added.</param>
    /// <param name="isMean">Mean, or sum.</param>
    /// <param name="name">Of the result.</param>
    /// <param name="x">Its input.</param>
    /// <param name="axis">Which.</param>
    /// <param name="isKept">Whether the axis stays, with one entry.</param>
    public static OnnxValue Reduce(this OnnxGraph graph, bool isMean, string name, OnnxValue x, int axis, bool isKept)
    {
        OnnxDim[] shape = isKept ? With(x.Shape, axis, 1) : [.. x.Shape.Where((_, i) => i != axis)];
        // In opset 17 the axes of a sum are an input and those of a mean an attribute.
        return isMean
            ? graph.Add("ReduceMean", name, shape, [x], [Wholes("axes", axis), Whole("keepdims", isKept ? 1 : 0)])
            : graph.Add("ReduceSum", name, shape, [x, graph.WholeNumbers(axis)], [Whole("keepdims", isKept ? 1 : 0)]);
    }

    /// <summary>Sums of all entries up to each one of an axis.</summary>
    public static OnnxValue CumulativeSum(this OnnxGraph graph, string name, OnnxValue x, int axis) =>
        graph.Add("CumSum", name, x.Shape, [x, graph.WholeNumber(axis)]);

    /// <summary>[N, C, H, W] to the means of channels, [N, C].</summary>
    public static OnnxValue SpatialMean(this OnnxGraph graph, string name, OnnxValue x)
    {
        var pooled = graph.Add("GlobalAveragePool", name, [x.Shape[0], x.Shape[1], 1, 1], [x]);
        return graph.Add("Flatten", $"{name}_flat", [x.Shape[0], x.Shape[1]], [pooled], [Whole("axis", 1)]);
    }

    /// <summary>A convolution over two or three axes.</summary>
    /// <param name="graph">Where it is added.</param>
    /// <param name="name">Of the result.</param>
    /// <param name="x">[N, C, ...].</param>
    /// <param name="folded">Weights and bias of its channels.</param>
    /// <param name="kernel">Sizes.</param>
    /// <param name="strides">Strides.</param>
    /// <param name="pads">Cells before each axis, then cells after each.</param>
    /// <param name="outputs">Sizes of the result.</param>
    /// <param name="isDepthwise">Whether every channel sees itself only.</param>
    public static OnnxValue Convolution(
        this OnnxGraph graph, string name, OnnxValue x, FoldedArrays folded, long[] kernel, long[] strides, long[] pads, OnnxDim[] outputs,
        bool isDepthwise)
    {
        long inputs = isDepthwise ? 1 : x.Shape[1].Size!.Value, width = folded.Bias.Length;
        var weight = graph.Weights($"{name}_weight", folded.Weight, [width, inputs, .. kernel]);
        var bias = graph.Weights($"{name}_bias", folded.Bias, width);
        return graph.Add("Conv", name, [x.Shape[0], width, .. outputs], [x, weight, bias],
        [
            Wholes("kernel_shape", kernel), Wholes("strides", strides), Wholes("pads", pads), Whole("group", isDepthwise ? width : 1),
        ]);
    }

    /// <summary>[N, C, H, W] to [N, K, H, W] by a matrix.</summary>
    public static OnnxValue Pointwise(this OnnxGraph graph, string name, OnnxValue x, FoldedArrays folded) =>
        graph.Convolution(name, x, folded, [1, 1], [1, 1], [0, 0, 0, 0], [x.Shape[2], x.Shape[3]], isDepthwise: false);

    /// <summary>Rows [N, C] to [N, K] by a matrix.</summary>
    public static OnnxValue Dense(this OnnxGraph graph, string name, OnnxValue rows, FoldedArrays folded)
    {
        long width = folded.Bias.Length;
        var weight = graph.Weights($"{name}_weight", folded.Weight, width, rows.Shape[1].Size!.Value);
        var bias = graph.Weights($"{name}_bias", folded.Bias, width);
        return graph.Add("Gemm", name, [rows.Shape[0], width], [rows, weight, bias], [Whole("transB", 1)]);
    }

    /// <summary>The average of 3x3 cells at stride 2, of those that are there.</summary>
    public static OnnxValue AveragePool(this OnnxGraph graph, string name, OnnxValue x, int size, int outputSize)
    {
        const int kernel = 3, stride = 2;
        var same = SamePadding.Of(size, kernel, stride);
        return graph.Add("AveragePool", name, [x.Shape[0], x.Shape[1], outputSize, outputSize], [x],
        [
            Wholes("kernel_shape", kernel, kernel), Wholes("strides", stride, stride), Wholes("pads", same.Before, same.Before, same.After, same.After),
            Whole("count_include_pad", 0),
        ]);
    }

    /// <summary>The activation of x.</summary>
    public static OnnxValue Activation(this OnnxGraph graph, string name, OnnxValue x, ActivationType type) => type switch
    {
        ActivationType.Swish => graph.Arithmetic("Mul", $"{name}_swish", x, graph.Add("Sigmoid", $"{name}_sigmoid", x.Shape, [x])),
        ActivationType.HardSwish => graph.Add("HardSwish", $"{name}_hardswish", x.Shape, [x]),
        ActivationType.Relu => graph.Add("Relu", $"{name}_relu", x.Shape, [x]),
        ActivationType.Relu6 => graph.Clip($"{name}_relu6", x, 0, 6),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not an activation"),
    };

    /// <summary>The gate of x.</summary>
    public static OnnxValue Gate(this OnnxGraph graph, string name, OnnxValue x, GateType type)
    {
        switch (type)
        {
            case GateType.Sigmoid:
                return graph.Add("Sigmoid", name, x.Shape, [x]);
            case GateType.HardSigmoid:
                return graph.Add("HardSigmoid", name, x.Shape, [x], [Number("alpha", HardSigmoidFunction.Slope), Number("beta", 0.5f)]);
            case GateType.HardSigmoidRelu6:
                var clipped = graph.Clip($"{name}_relu6", graph.Arithmetic("Add", $"{name}_shifted", x, graph.Weights($"{name}_three", [3])), 0, 6);
                return graph.Arithmetic("Mul", name, clipped, graph.Weights($"{name}_slope", [HardSigmoidRelu6Function.Slope]));
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "not a gate");
        }
    }

    /// <summary>An attribute of one whole number.</summary>
    public static AttributeProto Whole(string name, long value) => new() { Name = name, Type = AttributeType.Int, I = value };

    /// <summary>An attribute of whole numbers.</summary>
    public static AttributeProto Wholes(string name, params long[] values) => new() { Name = name, Type = AttributeType.Ints, Ints = { values } };

    /// <summary>An attribute of one number.</summary>
    public static AttributeProto Number(string name, float value) => new() { Name = name, Type = AttributeType.Float, F = value };

    private static OnnxValue Clip(this OnnxGraph graph, string name, OnnxValue x, float least, float most) =>
        graph.Add("Clip", name, x.Shape, [x, graph.Weights($"{name}_min", [least]), graph.Weights($"{name}_max", [most])]);

    private static OnnxDim[] With(IReadOnlyList<OnnxDim> shape, int axis, OnnxDim size) => [.. shape.Select((dim, i) => i == axis ? size : dim)];

    private static OnnxDim[] Broadcast(IReadOnlyList<OnnxDim> x, IReadOnlyList<OnnxDim> y)
    {
        int rank = Math.Max(x.Count, y.Count);
        OnnxDim Of(IReadOnlyList<OnnxDim> shape, int axis) => axis < rank - shape.Count ? 1 : shape[axis - (rank - shape.Count)];
        return [.. Enumerable.Range(0, rank).Select(axis =>
        {
            var (a, b) = (Of(x, axis), Of(y, axis));
            if (a == b || b == 1) return a;
            return a == 1 ? b : throw new ArgumentException($"[{string.Join(", ", x)}] and [{string.Join(", ", y)}] do not go together.", nameof(y));
        })];
    }
}
