using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Kernels;

/// <summary>Whether a device has bfloat16: what its driver says, and a small convolution with its gradients.</summary>
public static class BFloat16Support
{
    // Relative to the largest gradient. Sums of up to some hundred whole numbers are rounded to 8 bits once or twice.
    private const float Tolerance = 0.02f;

    // Older cards have no bfloat16 units: libtorch computes there by way of float32, slower than in float32.
    private static readonly Version Needed = new(8, 0);

    /// <summary>Why nothing should be computed in bfloat16 on <paramref name="device"/>, as a clause; null when it may.</summary>
    /// <remarks>The CPU can, and is refused: our kernels there are float32, and libtorch's bfloat16 convolutions are wrong
    /// (docs/decisions/0017) or, by way of double precision, slow.</remarks>
    public static string? Lack(Device device)
    {
        if (device.type == DeviceType.CPU) return "the kernels of the processor are float32";
        return CudaCard.ComputeCapability() is { } capability && capability < Needed
            ? $"the card has compute capability {capability}, and bfloat16 needs {Needed} or newer"
            : Fault(device);
    }

    /// <summary>What is wrong with a small convolution in bfloat16 on <paramref name="device"/>; null when it is right.</summary>
    internal static string? Fault(Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        try
        {
            Tensor exact = Gradients(CPU, Precision.Float32), rounded = Gradients(device, Precision.BFloat16);
            float apart = exact.Minus(rounded).abs().max().item<float>() / exact.abs().max().item<float>();
            return apart <= Tolerance ? null : FormattableString.Invariant($"a convolution in bfloat16 is off by {apart:G2} of its result");
        }
        catch (ExternalException e)
        {
            return $"a convolution in bfloat16 fails: {e.Message.Split('\n')[0]}";
        }
    }

    // Of the weights of a pointwise and a depthwise convolution, on the CPU.
    private static Tensor Gradients(Device device, Precision precision)
    {
        float[] values = [.. Enumerable.Range(0, 2 * 3 * 4 * 4).Select(i => (float)(i % 3))];
        Tensor x = tensor(values, [1, 2, 3, 4, 4], device: device).In(precision);
        Tensor mixing = tensor([1f, 2f, -1f, 1f], [2, 2], device: device).requires_grad_(true);
        Tensor kernel = ones([2, 1, 3, 3, 3], device: device).requires_grad_(true);
        DepthwiseConvolution.Apply(PointwiseConvolution.Apply(x, mixing), kernel, stride: 1, isCausal: true).sum().backward();
        return cat([mixing.grad!.flatten(), kernel.grad!.flatten()], 0).cpu();
    }
}
