using MoViNetNAS.Spaces;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Kernels;

/// <summary>The activations of the family as functions of libtorch.</summary>
internal static class Activations
{
    /// <summary>A fresh handle on f(z), any shape; null for no activation.</summary>
    internal static Tensor Apply(this ActivationType? type, Tensor z) => type is { } activation ? activation.Apply(z) : z.alias();

    /// <summary>f(z), any shape.</summary>
    internal static Tensor Apply(this ActivationType type, Tensor z) => type switch
    {
        ActivationType.Swish => nn.functional.silu(z),
        ActivationType.HardSwish => nn.functional.hardswish(z),
        ActivationType.Relu => nn.functional.relu(z),
        ActivationType.Relu6 => nn.functional.relu6(z),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not an activation"),
    };

    /// <summary>The gate of z, any shape.</summary>
    internal static Tensor Apply(this GateType type, Tensor z) => type switch
    {
        GateType.Sigmoid => z.sigmoid(),
        GateType.HardSigmoid => z.mul(Scalars.Of(0.2)).add(Scalars.Of(0.5)).clamp(Scalars.Of(0), Scalars.Of(1)),
        GateType.HardSigmoidRelu6 => nn.functional.relu6(z.add(Scalars.Of(3))).mul(Scalars.Of(HardSigmoidRelu6Function.Slope)),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not a gate"),
    };
}
