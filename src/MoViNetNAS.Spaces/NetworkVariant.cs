namespace MoViNetNAS.Spaces;

/// <summary>How an architecture is built: convolutions, causality, squeeze-excite, activations.</summary>
/// <remarks>Source: official MoViNet code, configuration of the base and stream models.</remarks>
/// <param name="Name">"base", "stream" or "causal".</param>
/// <param name="IsCausal">Frame t sees frames up to t only; needed for streaming.</param>
/// <param name="Convolution">One 3-D depthwise kernel, or a spatial and a temporal one.</param>
/// <param name="SqueezeExcite">What squeeze-excite pools over.</param>
/// <param name="Activation">After convolutions.</param>
/// <param name="Gate">At the output of squeeze-excite.</param>
/// <param name="HasPositionalEncoding">A learned share of a sine encoding of the frame index enters squeeze-excite.</param>
public sealed record NetworkVariant(
    string Name, bool IsCausal, ConvolutionType Convolution, SqueezeExciteType SqueezeExcite,
    ActivationType Activation, GateType Gate, bool HasPositionalEncoding = false)
{
    /// <summary>The base models: whole clips, 3-D kernels, swish.</summary>
    public static NetworkVariant Base { get; } = new(
        "base", IsCausal: false, ConvolutionType.Full3d, SqueezeExciteType.Pool3d, ActivationType.Swish, GateType.Sigmoid);

    /// <summary>The stream models A0-A2: causal, (2+1)-D, hard activations.</summary>
    public static NetworkVariant Stream { get; } = new(
        "stream", IsCausal: true, ConvolutionType.Split2plus1d, SqueezeExciteType.Pool2plus3d, ActivationType.HardSwish,
        GateType.HardSigmoid);

    /// <summary>Causal with 3-D kernels and cumulative 3-D squeeze-excite: the paper's CausalConv + CausalSE, and what searches use.</summary>
    public static NetworkVariant Causal { get; } = new(
        "causal", IsCausal: true, ConvolutionType.Full3d, SqueezeExciteType.Pool3d, ActivationType.Swish, GateType.Sigmoid);

    /// <summary>The variants by name.</summary>
    public static IReadOnlyDictionary<string, NetworkVariant> ByName { get; } =
        new[] { Base, Stream, Causal }.ToDictionary(variant => variant.Name);

    /// <summary>Input channels of squeeze-excite over <paramref name="expansion"/> channels.</summary>
    public int SqueezeExciteInput(int expansion) => SqueezeExcite == SqueezeExciteType.Pool2plus3d ? 2 * expansion : expansion;

    /// <summary>Hidden channels of squeeze-excite over <paramref name="expansion"/> channels: a quarter of its input, rounded.</summary>
    public int SqueezeExciteHidden(int expansion) => ChannelRounding.MakeDivisible(0.25 * SqueezeExciteInput(expansion));
}
