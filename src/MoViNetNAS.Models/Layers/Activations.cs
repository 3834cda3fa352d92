using MoViNetNAS.Spaces;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>The activations of the family as functions.</summary>
internal static class Activations
{
    public static Tensor Apply(this ActivationType type, Tensor x) => type switch
    {
        ActivationType.Swish => nn.functional.silu(x),
        ActivationType.HardSwish => nn.functional.hardswish(x),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not an activation"),
    };

    public static Tensor Apply(this GateType type, Tensor x) => type switch
    {
        GateType.Sigmoid => x.sigmoid(),
        GateType.HardSigmoid => x.mul(Scalars.Of(0.2)).add(Scalars.Of(0.5)).clamp(Scalars.Of(0), Scalars.Of(1)),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not a gate"),
    };
}
