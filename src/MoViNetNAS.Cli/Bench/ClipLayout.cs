using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Cli.Bench;

/// <summary>How a clip [B, C, T, H, W] lies in memory.</summary>
internal enum ClipLayout
{
    /// <summary>As libtorch makes it: every channel is one piece.</summary>
    Default,

    /// <summary>All channels of a position are one piece.</summary>
    ChannelsLast,
}

/// <summary>Makes and converts tensors of clips.</summary>
internal static class ClipLayouts
{
    /// <summary><paramref name="x"/> [B, C, T, H, W] with the same values in <paramref name="layout"/>.</summary>
    public static Tensor Of(Tensor x, ClipLayout layout)
    {
        if (layout == ClipLayout.Default) return x.contiguous();
        using var innermost = x.permute(0, 2, 3, 4, 1);
        using var contiguous = innermost.contiguous();
        return contiguous.permute(0, 4, 1, 2, 3);
    }

    /// <summary>Standard normal values of the given shape, in the default layout.</summary>
    public static Tensor Normal(RandomStream random, params long[] shape)
    {
        float[] values = new float[shape.Aggregate(1L, (product, size) => checked(product * size))];
        for (int i = 0; i < values.Length; i++) values[i] = (float)random.Normal();
        return tensor(values, shape);
    }
}
