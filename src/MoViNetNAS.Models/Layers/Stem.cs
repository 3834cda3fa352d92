using MoViNetNAS.Spaces;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>The first layer: a 1x3x3 convolution of the RGB frames at spatial stride 2, norm, activation.</summary>
internal sealed class Stem : nn.Module
{
    private const int Kernel = 3, Stride = 2;
    private readonly Parameter weight; // [width, 3, 3, 3]: output, colour, row, column
    private readonly Norm norm;

    public Stem(int width, bool hasRunningAverages, RandomStream random) : base(nameof(Stem))
    {
        weight = Initialization.HeNormal(random, InputShape.Channels * Kernel * Kernel, width, InputShape.Channels, Kernel, Kernel);
        norm = new Norm(width, hasRunningAverages);
        RegisterComponents();
    }

    /// <summary>[B, 3, T, H, W] to [B, width, T, ceil(H/2), ceil(W/2)].</summary>
    public Tensor Apply(Tensor clip, long width, ActivationType activation, NormMode mode)
    {
        var frames = ChannelsLast.Frames(clip);
        var rows = SamePadding.Of((int)clip.shape[3], Kernel, Stride);
        var columns = SamePadding.Of((int)clip.shape[4], Kernel, Stride);
        var padded = nn.functional.pad(frames, (columns.Before, columns.After, rows.Before, rows.After));
        var y = nn.functional.conv2d(padded, weight.narrow(0, 0, width), strides: [Stride, Stride]);
        return norm.Apply(ChannelsLast.From(ChannelsLast.FromFrames(y, clip.shape[0])), activation, mode);
    }
}
