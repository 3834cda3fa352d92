using MoViNetNAS.Spaces;

namespace MoViNetNAS.Models;

/// <summary>Widths, kernel, strides and dilation of a convolution over space and time.</summary>
/// <param name="InputWidth">Channels it takes.</param>
/// <param name="OutputWidth">Channels it gives; those it takes when it is depthwise.</param>
/// <param name="Kernel">Frames x rows x columns; any number of frames.</param>
/// <param name="Stride">Of rows and columns.</param>
/// <param name="TemporalStride">Of frames: outputs are at the frames t, counted from the start of the stream, with t % stride == 0.</param>
/// <param name="Dilation">Distance of a kernel's frames.</param>
/// <param name="IsDepthwise">Whether every channel has its own kernel and sees no other channel.</param>
/// <param name="IsCausal">Whether frame t sees frames up to t only.</param>
internal sealed record ConvolutionShape(
    int InputWidth, int OutputWidth, KernelShape Kernel, int Stride = 1, int TemporalStride = 1, int Dilation = 1, bool IsDepthwise = false,
    bool IsCausal = false)
{
    /// <summary>Frames that a causal kernel looks back, and a stream buffer holds: k_eff - 1 = (kt - 1) * dilation.</summary>
    public int Reach => (Kernel.Temporal - 1) * Dilation;

    /// <summary>Inputs that one output is a sum over.</summary>
    public int FanIn => (IsDepthwise ? 1 : InputWidth) * Kernel.Volume;

    /// <summary>Whether the own kernels for depthwise convolutions, which know neither, can run it.</summary>
    public bool IsPlainDepthwise =>
        IsDepthwise && TemporalStride == 1 && Dilation == 1 && int.IsOddInteger(Kernel.Temporal) && int.IsOddInteger(Kernel.Spatial);

    /// <summary>The part of a split convolution that mixes rows and columns, frame by frame.</summary>
    public ConvolutionShape SpatialPart => this with { Kernel = new KernelShape(1, Kernel.Spatial), TemporalStride = 1, Dilation = 1 };

    /// <summary>The part after it that mixes frames.</summary>
    public ConvolutionShape TemporalPart => this with { InputWidth = OutputWidth, Kernel = new KernelShape(Kernel.Temporal, 1), Stride = 1 };
}
