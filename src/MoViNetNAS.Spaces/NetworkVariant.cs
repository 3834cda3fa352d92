namespace MoViNetNAS.Spaces;

/// <summary>How an architecture is built: convolutions, causality, squeeze-excite, activations.</summary>
/// <remarks>Source: official MoViNet code, configuration of the base and stream models.</remarks>
/// <param name="Name">"base", "stream" or "causal"; with switches changed, "stream, squeezeExcite none".</param>
/// <param name="IsCausal">Frame t sees frames up to t only; needed for streaming.</param>
/// <param name="Convolution">One 3-D depthwise kernel, or a spatial and a temporal one.</param>
/// <param name="SqueezeExcite">What squeeze-excite pools over.</param>
/// <param name="Activation">After convolutions.</param>
/// <param name="Gate">At the output of squeeze-excite.</param>
/// <param name="HasPositionalEncoding">A learned share of a sine encoding of the frame index enters squeeze-excite; needs causality.</param>
/// <param name="HeadPooling">Where the head averages.</param>
/// <param name="ClassifierActivation">After the classifier's hidden layer; swish in all released models.</param>
/// <param name="HasGlobalSqueezeExcite">Squeeze-excite of a causal network sees the whole clip nevertheless, and the network cannot stream: the
/// paper's CausalConv with (global) SE.</param>
public sealed record NetworkVariant(
    string Name, bool IsCausal, ConvolutionType Convolution, SqueezeExciteType SqueezeExcite,
    ActivationType Activation, GateType Gate, bool HasPositionalEncoding = false, HeadPooling HeadPooling = HeadPooling.Pool3d,
    ActivationType ClassifierActivation = ActivationType.Swish, bool HasGlobalSqueezeExcite = false)
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

    /// <summary>Whether depthwise kernels are split into space and time.</summary>
    public bool IsSplit => Convolution != ConvolutionType.Full3d;

    /// <summary>Whether it can take a clip frame by frame: causal in all parts, and with a head that does not need the whole clip.</summary>
    public bool CanStream => IsCausal && HeadPooling != HeadPooling.TemporalSoftmax && !HasGlobalSqueezeExcite;

    /// <summary>Whether squeeze-excite of frame t sees frames up to t only.</summary>
    public bool HasCausalSqueezeExcite => IsCausal && !HasGlobalSqueezeExcite;

    /// <summary>Whether squeeze-excite sees a mean over time, which a stream has to carry.</summary>
    public bool PoolsOverTime => SqueezeExcite is SqueezeExciteType.Pool3d or SqueezeExciteType.Pool2plus3d;

    /// <summary>Input channels of squeeze-excite over <paramref name="expansion"/> channels.</summary>
    public int SqueezeExciteInput(int expansion) => SqueezeExcite == SqueezeExciteType.Pool2plus3d ? 2 * expansion : expansion;

    /// <summary>Hidden channels of squeeze-excite over <paramref name="expansion"/> channels: a quarter of its input, rounded.</summary>
    public int SqueezeExciteHidden(int expansion) => ChannelRounding.MakeDivisible(0.25 * SqueezeExciteInput(expansion));

    /// <summary>Whether a layer has squeeze-excite when it is built so.</summary>
    public bool HasSqueezeExcite(LayerSpec layer) => layer.HasSqueezeExcite && SqueezeExcite != SqueezeExciteType.None;

    /// <summary>Channels of the running sum that a streaming head carries.</summary>
    public int HeadSumWidth(int headWidth, int classes) => HeadPooling == HeadPooling.Pool3d ? headWidth : classes;
}
