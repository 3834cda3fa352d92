using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>The first layer: a 1x3x3 convolution of the RGB frames at spatial stride 2, norm, activation.</summary>
/// <remarks>Carried out as a matrix product over the 27 values under the kernel: libtorch's own float32 convolution of three
/// channels was seen to give wrong gradients on some processors (docs/decisions/0003).</remarks>
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
        if (LibtorchPath.Takes(clip)) return norm.Apply(Convolve(clip, weight.narrow(0, 0, width)), activation, mode);
        var patches = Patches(clip); // [B, T, h, w, 27]
        long[] shape = patches.shape;
        var matrix = weight.narrow(0, 0, width).permute(0, 2, 3, 1).reshape(width, -1); // [width, row-column-colour]
        var rows = nn.functional.linear(patches.view(-1, shape[4]), matrix);
        var y = rows.view(shape[0], shape[1], shape[2], shape[3], width).permute(0, 4, 1, 2, 3);
        return norm.Apply(y, activation, mode);
    }

    private static Tensor Convolve(Tensor clip, Tensor kernel)
    {
        var rows = SamePadding.Of((int)clip.shape[3], Kernel, Stride);
        var columns = SamePadding.Of((int)clip.shape[4], Kernel, Stride);
        var padded = nn.functional.pad(clip.contiguous(), [columns.Before, columns.After, rows.Before, rows.After]);
        return nn.functional.conv3d(padded, kernel.unsqueeze(2), strides: [1, Stride, Stride]);
    }

    // For every output position the values under the kernel, in the order row, column, colour.
    private static Tensor Patches(Tensor clip)
    {
        var rows = SamePadding.Of((int)clip.shape[3], Kernel, Stride);
        var columns = SamePadding.Of((int)clip.shape[4], Kernel, Stride);
        var x = nn.functional.pad(clip.permute(0, 2, 3, 4, 1), [0, 0, columns.Before, columns.After, rows.Before, rows.After]);
        long height = (clip.shape[3] + Stride - 1) / Stride, width = (clip.shape[4] + Stride - 1) / Stride;
        var taps = new List<Tensor>(Kernel * Kernel);
        for (int row = 0; row < Kernel; row++)
        {
            for (int column = 0; column < Kernel; column++)
            {
                taps.Add(x.slice(2, row, row + (height - 1) * Stride + 1, Stride).slice(3, column, column + (width - 1) * Stride + 1, Stride));
            }
        }

        return cat(taps, 4);
    }
}
