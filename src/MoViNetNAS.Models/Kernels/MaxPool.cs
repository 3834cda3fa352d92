using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Kernels;

/// <summary>Max pool of 1x3x3 at spatial stride 2 with "same" padding; padded cells never win.</summary>
/// <remarks>On libtorch everywhere: its pools are right on the CPU, unlike its convolutions.</remarks>
internal static class MaxPool
{
    private const int Kernel = 3, Stride = 2;

    /// <summary>[B, C, T, H, W] to [B, C, T, ceil(H/2), ceil(W/2)], channels-last on the CPU in float32; the caller disposes it.</summary>
    public static Tensor Apply(Tensor x)
    {
        using DisposeScope scope = NewDisposeScope();
        var (rows, columns) = (SamePadding.Of((int)x.shape[3], Kernel, Stride), SamePadding.Of((int)x.shape[4], Kernel, Stride));
        Tensor padded = nn.functional.pad(
            x.contiguous(), [columns.Before, columns.After, rows.Before, rows.After], value: double.NegativeInfinity);
        Tensor y = nn.functional.max_pool3d(padded, [1, Kernel, Kernel], [1, Stride, Stride]);
        return (LibtorchPath.Takes(y) ? y : ChannelsLast.Ensure(y)).MoveToOuterDisposeScope();
    }
}
