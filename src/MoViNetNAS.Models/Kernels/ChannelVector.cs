using static TorchSharp.torch;

namespace MoViNetNAS.Models.Kernels;

/// <summary>Values by channel as managed memory: scales, shifts, statistics.</summary>
internal static unsafe class ChannelVector
{
    internal static void Check(Tensor values, long channels, string name)
    {
        if (values.dim() == 1 && values.shape[0] == channels) return;
        throw new ArgumentException($"{name} has shape [{string.Join(", ", values.shape)}], not [{channels}].", name);
    }

    /// <summary>The values of a float32 tensor [C] on the CPU.</summary>
    internal static float[] ToArray(Tensor values)
    {
        using Tensor contiguous = values.contiguous();
        float[] array = new Span<float>(ChannelsLast.Pointer(contiguous), checked((int)contiguous.numel())).ToArray();
        GC.KeepAlive(contiguous);
        return array;
    }

    /// <summary>A new float32 tensor [C] on the CPU.</summary>
    internal static Tensor ToTensor(ReadOnlySpan<float> values)
    {
        Tensor result = empty(values.Length, dtype: ScalarType.Float32);
        values.CopyTo(new Span<float>(ChannelsLast.Pointer(result), values.Length));
        GC.KeepAlive(result);
        return result;
    }
}
