using MoViNetNAS.Models.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Cli.Bench;

/// <summary>A 1x1x1 convolution: the network's own kernel over rows of channels, against conv3d.</summary>
internal sealed record PointwiseCase(int InputChannels, int OutputChannels, int Frames, int Size)
    : KernelCase("pointwise", $"{InputChannels} to {OutputChannels}, T {Frames}, {Size}x{Size}", (long)InputChannels * OutputChannels * Frames * Size * Size)
{
    /// <inheritdoc/>
    protected override KernelSide Side(ClipLayout layout, ScalarType type, bool isOurs)
    {
        using var scope = NewDisposeScope();
        var weight = Input("weight", layout, type, OutputChannels, InputChannels);
        return new KernelSide(
            [Input("x", layout, type, 1, InputChannels, Frames, Size, Size), isOurs ? weight : weight.view(OutputChannels, InputChannels, 1, 1, 1)],
            Input("gradient", layout, type, 1, OutputChannels, Frames, Size, Size),
            isOurs ? inputs => PointwiseConvolution.Apply(inputs[0], inputs[1]) : inputs => nn.functional.conv3d(inputs[0], inputs[1]));
    }
}
