using AttributeType = MoViNetNAS.Models.Onnx.Format.AttributeProto.Types.AttributeType;

namespace MoViNetNAS.Models.Onnx;

/// <summary>What opset 17 says of an operator: how many inputs it takes and which attributes it has.</summary>
/// <param name="LeastInputs">Inputs that it needs.</param>
/// <param name="MostInputs">Inputs that it may have.</param>
/// <param name="Attributes">Types by name.</param>
/// <param name="Required">Attributes without a default.</param>
internal sealed record OnnxOperator(
    int LeastInputs, int MostInputs, IReadOnlyDictionary<string, AttributeType> Attributes, IReadOnlyList<string> Required)
{
    private const AttributeType Int = AttributeType.Int, Ints = AttributeType.Ints, Float = AttributeType.Float, Text = AttributeType.String;

    /// <summary>The operators that exports use. Source: ONNX, operator documentation of opset 17.</summary>
    public static IReadOnlyDictionary<string, OnnxOperator> ByName { get; } = new Dictionary<string, OnnxOperator>
    {
        ["Add"] = Of(2, 2),
        ["AveragePool"] = Of(1, 1, ["kernel_shape"], ("auto_pad", Text), ("ceil_mode", Int), ("count_include_pad", Int), ("kernel_shape", Ints), ("pads", Ints), ("strides", Ints)),
        ["Cast"] = Of(1, 1, ["to"], ("to", Int)),
        ["Clip"] = Of(1, 3),
        ["Concat"] = Of(1, int.MaxValue, ["axis"], ("axis", Int)),
        ["Conv"] = Of(2, 3, [], ("auto_pad", Text), ("dilations", Ints), ("group", Int), ("kernel_shape", Ints), ("pads", Ints), ("strides", Ints)),
        ["CumSum"] = Of(2, 2, [], ("exclusive", Int), ("reverse", Int)),
        ["Div"] = Of(2, 2),
        ["Expand"] = Of(2, 2),
        ["Flatten"] = Of(1, 1, [], ("axis", Int)),
        ["Gemm"] = Of(2, 3, [], ("alpha", Float), ("beta", Float), ("transA", Int), ("transB", Int)),
        ["GlobalAveragePool"] = Of(1, 1),
        ["HardSigmoid"] = Of(1, 1, [], ("alpha", Float), ("beta", Float)),
        ["HardSwish"] = Of(1, 1),
        ["Identity"] = Of(1, 1),
        ["Mul"] = Of(2, 2),
        ["ReduceMean"] = Of(1, 1, [], ("axes", Ints), ("keepdims", Int)),
        ["ReduceSum"] = Of(1, 2, [], ("keepdims", Int), ("noop_with_empty_axes", Int)),
        ["Relu"] = Of(1, 1),
        ["Reshape"] = Of(2, 2, [], ("allowzero", Int)),
        ["Shape"] = Of(1, 1, [], ("start", Int), ("end", Int)),
        ["Sigmoid"] = Of(1, 1),
        ["Sin"] = Of(1, 1),
        ["Slice"] = Of(3, 5),
        ["Softmax"] = Of(1, 1, [], ("axis", Int)),
        ["Sqrt"] = Of(1, 1),
        ["Sub"] = Of(2, 2),
        ["Transpose"] = Of(1, 1, [], ("perm", Ints)),
    };

    private static OnnxOperator Of(int least, int most, string[]? required = null, params (string Name, AttributeType Type)[] attributes) =>
        new(least, most, attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Type), required ?? []);
}
