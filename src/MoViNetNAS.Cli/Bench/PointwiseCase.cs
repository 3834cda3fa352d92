using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Cli.Bench;

/// <summary>A 1x1x1 convolution: the network's matrix product over rows of channels, against conv3d.</summary>
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
            isOurs ? inputs => Rows(inputs[0], inputs[1]) : inputs => nn.functional.conv3d(inputs[0], inputs[1]));
    }

    // As the network's layers do it: both changes of shape are views.
    private Tensor Rows(Tensor x, Tensor weight)
    {
        var rows = nn.functional.linear(x.permute(0, 2, 3, 4, 1).view(-1, InputChannels), weight);
        return rows.view(1, Frames, Size, Size, OutputChannels).permute(0, 4, 1, 2, 3);
    }
}
