using static TorchSharp.torch;

namespace MoViNetNAS.Models.Kernels;

/// <summary>The switch between the own kernels and libtorch's operators.</summary>
/// <remarks>float32 on the CPU runs on own kernels over channels-last memory. Everything else, and all when <see cref="IsOn"/>, runs as a
/// network written with the framework alone would: default layout, conv3d, batch_norm, activation one after the other.</remarks>
public static class LibtorchPath
{
    /// <summary>Whether libtorch runs even what the own kernels could, to compare both. Off by default; read at each call.</summary>
    public static bool IsOn { get; set; }

    /// <summary>Whether an operation on <paramref name="x"/> is libtorch's.</summary>
    internal static bool Takes(Tensor x) => IsOn || x.device_type != TorchSharp.DeviceType.CPU || x.dtype != ScalarType.Float32;
}
