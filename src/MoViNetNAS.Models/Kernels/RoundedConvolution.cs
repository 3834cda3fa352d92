using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Kernels;

/// <summary>Convolutions of libtorch whose input may be bfloat16: the weight is rounded too, sums are made in a wider type, the result is rounded.</summary>
internal static class RoundedConvolution
{
    /// <summary>Calls <paramref name="convolve"/> with input and weight in one type.</summary>
    /// <param name="x">The input, any type.</param>
    /// <param name="weight">The weight; where <paramref name="x"/> is bfloat16 it may be float32.</param>
    /// <param name="convolve">A convolution of libtorch.</param>
    /// <returns>In the type of <paramref name="x"/>.</returns>
    public static Tensor Apply(Tensor x, Tensor weight, Func<Tensor, Tensor, Tensor> convolve)
    {
        Tensor kernel = weight.For(x);
        if (!x.IsRounded() || x.device_type != DeviceType.CPU) return convolve(x, kernel);

        // oneDNN's bfloat16 convolutions were wrong on the CPU more often than not (docs/decisions/0017). In double
        // precision sums of rounded numbers are exact but for the last rounding, so this is what a card computes, slowly.
        return convolve(x.@double(), kernel.@double()).to(ScalarType.BFloat16);
    }
}
