namespace MoViNetNAS.Spaces;

/// <summary>A convolution of a comparison network, without bias, with norm and activation after it.</summary>
/// <param name="Kernel">Frames x rows x columns.</param>
/// <param name="Width">Channels it gives.</param>
/// <param name="Stride">Of rows and columns.</param>
/// <param name="Activation">After the norm; null for none.</param>
/// <param name="IsDepthwise">Whether every channel has its own kernel; the width is that of the input then.</param>
/// <param name="HasNorm">Whether a batch norm follows.</param>
/// <param name="SqueezeExcite">After it; null for none.</param>
public sealed record ConvolutionSpec(
    KernelShape Kernel, int Width, int Stride = 1, ActivationType? Activation = null, bool IsDepthwise = false, bool HasNorm = true,
    SqueezeExciteSpec? SqueezeExcite = null);
