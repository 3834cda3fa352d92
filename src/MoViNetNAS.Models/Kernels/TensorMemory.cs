using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Kernels;

/// <summary>The memory of tensors, for own loops over it.</summary>
public static unsafe class TensorMemory
{
    /// <summary>Whether <see cref="Floats"/> can be asked for: float32 on the CPU, contiguous.</summary>
    public static bool HasFloats(Tensor x) =>
        x.device_type == DeviceType.CPU && x.dtype == ScalarType.Float32 && x.is_contiguous();

    /// <summary>The elements of a contiguous float32 tensor on the CPU, in order. The caller keeps the tensor alive while using them.</summary>
    /// <exception cref="ArgumentException">The tensor is of another type, elsewhere, or not contiguous.</exception>
    /// <exception cref="OverflowException">More than 2^31 - 1 elements.</exception>
    public static Span<float> Floats(Tensor x) => HasFloats(x)
        ? new Span<float>(ChannelsLast.Pointer(x), checked((int)x.numel()))
        : throw new ArgumentException("The tensor is not contiguous float32 on the CPU.", nameof(x));
}
