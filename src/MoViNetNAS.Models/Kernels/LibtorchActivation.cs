using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Kernels;

/// <summary>Activations by libtorch, where the own kernels do not run.</summary>
internal static class LibtorchActivation
{
    /// <summary>A fresh handle on f(z), any shape.</summary>
    internal static Tensor Apply(Tensor z, ActivationType? activation) => activation switch
    {
        null => z.alias(),
        ActivationType.Swish => nn.functional.silu(z),
        ActivationType.HardSwish => nn.functional.hardswish(z),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "Swish, HardSwish or none."),
    };
}
