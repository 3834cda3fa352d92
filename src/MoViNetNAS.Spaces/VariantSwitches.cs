namespace MoViNetNAS.Spaces;

/// <summary>The official names of what a variant can switch.</summary>
/// <remarks>Source: official MoViNet code, configuration of the backbone; "hard_sigmoid_relu6" and "temporal_softmax" are ours.</remarks>
public static class VariantSwitches
{
    /// <summary>Names of <see cref="ConvolutionType"/>.</summary>
    public static IReadOnlyDictionary<string, ConvolutionType> Convolutions { get; } = new Dictionary<string, ConvolutionType>
    {
        ["3d"] = ConvolutionType.Full3d,
        ["2plus1d"] = ConvolutionType.Split2plus1d,
        ["3d_2plus1d"] = ConvolutionType.Split3d2plus1d,
    };

    /// <summary>Names of <see cref="SqueezeExciteType"/>.</summary>
    public static IReadOnlyDictionary<string, SqueezeExciteType> SqueezeExcites { get; } = new Dictionary<string, SqueezeExciteType>
    {
        ["3d"] = SqueezeExciteType.Pool3d,
        ["2d"] = SqueezeExciteType.Pool2d,
        ["2plus3d"] = SqueezeExciteType.Pool2plus3d,
        ["none"] = SqueezeExciteType.None,
    };

    /// <summary>Names of <see cref="ActivationType"/>.</summary>
    public static IReadOnlyDictionary<string, ActivationType> Activations { get; } = new Dictionary<string, ActivationType>
    {
        ["swish"] = ActivationType.Swish,
        ["hard_swish"] = ActivationType.HardSwish,
        ["relu"] = ActivationType.Relu,
        ["relu6"] = ActivationType.Relu6,
    };

    /// <summary>Names of <see cref="GateType"/>.</summary>
    public static IReadOnlyDictionary<string, GateType> Gates { get; } = new Dictionary<string, GateType>
    {
        ["sigmoid"] = GateType.Sigmoid,
        ["hard_sigmoid"] = GateType.HardSigmoid,
        ["hard_sigmoid_relu6"] = GateType.HardSigmoidRelu6,
    };

    /// <summary>Names of <see cref="HeadPooling"/>.</summary>
    public static IReadOnlyDictionary<string, HeadPooling> HeadPoolings { get; } = new Dictionary<string, HeadPooling>
    {
        ["3d"] = HeadPooling.Pool3d,
        ["2d"] = HeadPooling.Pool2d,
        ["none"] = HeadPooling.None,
        ["temporal_softmax"] = HeadPooling.TemporalSoftmax,
    };

    internal static string NameOf<T>(IReadOnlyDictionary<string, T> names, T value)
        where T : struct, Enum => names.First(pair => pair.Value.Equals(value)).Key;
}
