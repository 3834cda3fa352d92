using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Cli.Bench;

/// <summary>Batch norm with the statistics of the batch, then swish: fused, against one after the other.</summary>
internal sealed record BatchNormCase(int Channels, int Frames, int Size)
    : KernelCase("batch norm + swish", $"C {Channels}, T {Frames}, {Size}x{Size}", Macs: null)
{
    private const double Epsilon = 1e-3;

    /// <inheritdoc/>
    protected override KernelSide Side(ClipLayout layout, ScalarType type, bool isOurs)
    {
        using var scope = NewDisposeScope();
        long[] shape = [1, Channels, Frames, Size, Size];
        return new KernelSide(
            [Input("x", layout, type, shape), Input("gamma", layout, type, Channels), Input("beta", layout, type, Channels)],
            Input("gradient", layout, type, shape),
            isOurs
                ? inputs => BatchNormActivation.Apply(inputs[0], inputs[1], inputs[2], Epsilon, ActivationType.Swish)
                : inputs => nn.functional.silu(nn.functional.batch_norm(
                    inputs[0], null!, null!, inputs[1], inputs[2], training: true, eps: Epsilon)));
    }
}
