namespace MoViNetNAS.Spaces;

/// <summary>A convolution of a comparison network in its place.</summary>
/// <param name="Layer">"stem0", "block3_conv1", "block3_skip", "tail".</param>
/// <param name="Spec">Kernel, width, stride.</param>
/// <param name="InputWidth">Channels it takes.</param>
/// <param name="InputSize">Rows and columns it takes.</param>
public sealed record ConvolutionSite(string Layer, ConvolutionSpec Spec, int InputWidth, int InputSize)
{
    /// <summary>Rows and columns it gives.</summary>
    public int OutputSize => (InputSize + Spec.Stride - 1) / Spec.Stride;

    /// <summary>Pairs of an input and an output channel that a kernel joins.</summary>
    public long ChannelPairs => Spec.IsDepthwise ? Spec.Width : (long)InputWidth * Spec.Width;
}
