using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Kernels;

/// <summary>The layout of clips on the CPU: logical shape [B, C, T, H, W], stored as a contiguous [B, T, H, W, C].</summary>
internal static unsafe partial class ChannelsLast
{
    /// <summary>Whether <paramref name="x"/> [B, C, T, H, W] is stored channels-last without gaps.</summary>
    internal static bool IsChannelsLast(Tensor x)
    {
        long[] shape = x.shape, strides = x.stride();
        long expected = 1;
        ReadOnlySpan<int> fromInnermost = [1, 4, 3, 2, 0];
        foreach (int axis in fromInnermost)
        {
            if (shape[axis] != 1 && strides[axis] != expected) return false;
            expected *= shape[axis];
        }

        return true;
    }

    /// <summary>A fresh handle on <paramref name="x"/> [B, C, T, H, W] stored channels-last: the same memory if it already is, a copy otherwise.</summary>
    internal static Tensor Ensure(Tensor x)
    {
        if (IsChannelsLast(x)) return x.alias();
        using Tensor innermost = x.permute(0, 2, 3, 4, 1);
        using Tensor contiguous = innermost.contiguous();
        return contiguous.permute(0, 4, 1, 2, 3);
    }

    /// <summary>Unset float32 memory of shape [B, C, T, H, W], channels-last. Not a view, so in-place operations on it are allowed.</summary>
    internal static Tensor Empty(long batch, long channels, long frames, long height, long width) =>
        empty_strided(
            [batch, channels, frames, height, width],
            [frames * height * width * channels, 1, height * width * channels, width * channels, channels],
            dtype: ScalarType.Float32);

    /// <summary>The first element of a CPU tensor of float32. The caller keeps the tensor alive while using it.</summary>
    internal static float* Pointer(Tensor x) => (float*)THSTensor_data(x.Handle);

    // TorchSharp offers the address only through a Span, which is limited to 2 GiB and to the default layout.
    [LibraryImport("LibTorchSharp")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial nint THSTensor_data(nint handle);
}
