using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>The casts of a pass in bfloat16. A tensor that has the type already is returned as it is, so a pass in float32 makes none.</summary>
/// <remarks>A clip is rounded where it enters a network; from there on the type of the activations says what a layer computes in. Gradients
/// pass a cast backwards, so they arrive at float32 weights in float32.</remarks>
internal static class Casts
{
    /// <summary>x as a pass in <paramref name="precision"/> takes it: rounded to bfloat16, or as it is.</summary>
    public static Tensor In(this Tensor x, Precision precision) => precision == Precision.BFloat16 ? Rounded(x) : x;

    /// <summary>What meets <paramref name="activations"/> (a weight, a factor, carried frames): rounded to bfloat16 where they are, or as it is.</summary>
    public static Tensor For(this Tensor operand, Tensor activations) => IsRounded(activations) ? Rounded(operand) : operand;

    /// <summary>bfloat16 as float32, which loses nothing; another type as it is.</summary>
    public static Tensor Widened(this Tensor x) => IsRounded(x) ? x.to(ScalarType.Float32) : x;

    /// <summary>Whether x is bfloat16.</summary>
    public static bool IsRounded(this Tensor x) => x.dtype == ScalarType.BFloat16;

    private static Tensor Rounded(Tensor x) => x.IsRounded() ? x : x.to(ScalarType.BFloat16);
}
