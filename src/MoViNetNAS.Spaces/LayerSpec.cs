namespace MoViNetNAS.Spaces;

/// <summary>One bottleneck layer.</summary>
/// <param name="Expansion">Channels between the two pointwise convolutions (absolute, not a ratio).</param>
/// <param name="Kernel">Depthwise kernel.</param>
/// <param name="HasSqueezeExcite">Whether the layer has squeeze-excite.</param>
public sealed record LayerSpec(int Expansion, KernelShape Kernel, bool HasSqueezeExcite = true);
