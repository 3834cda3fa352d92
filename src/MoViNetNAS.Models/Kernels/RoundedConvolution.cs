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
    /// <param name="wide">On the CPU, the type in which it is right.</param>
    /// <returns>In the type of <paramref name="x"/>.</returns>
    public static Tensor Apply(Tensor x, Tensor weight, Func<Tensor, Tensor, Tensor> convolve, ScalarType wide = ScalarType.Float64)
    {
        Tensor kernel = weight.For(x);
        if (!x.IsRounded() || x.device_type != DeviceType.CPU) return convolve(x, kernel);

        // oneDNN's bfloat16 convolutions were wrong on the CPU more often than not (docs/decisions/0017). Products of rounded
        // numbers are exact in a wider type, and one rounding follows: what a card computes.
        return convolve(x.to(wide), kernel.to(wide)).to(ScalarType.BFloat16);
    }
}
