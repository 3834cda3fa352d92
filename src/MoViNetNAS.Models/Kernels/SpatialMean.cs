using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Kernels;

/// <summary>The mean of every frame over its rows and columns.</summary>
/// <remarks>float32 on the CPU runs on own kernels in channels-last order, with the same bits for any number of threads; anything
/// else, or everything when <see cref="LibtorchPath"/> is on, runs on libtorch.</remarks>
public static unsafe class SpatialMean
{
    private const int MostParts = 64;

    /// <summary>Averages every frame.</summary>
    /// <param name="x">[B, C, T, H, W]; best channels-last, converted otherwise.</param>
    /// <returns>[B, T, C], float32 where x is bfloat16; the caller disposes it.</returns>
    public static Tensor Apply(Tensor x)
    {
        using DisposeScope scope = NewDisposeScope();
        if (x.numel() == 0 || LibtorchPath.Takes(x)) return ByLibtorch(x).transpose(1, 2).MoveToOuterDisposeScope();
        Tensor input = ChannelsLast.IsChannelsLast(x) ? x : ChannelsLast.Ensure(x);
        Tensor y = is_grad_enabled() && x.requires_grad ? SpatialMeanFunction.apply(input, x.shape[3], x.shape[4]) : Forward(input);
        return y.MoveToOuterDisposeScope();
    }

    /// <summary>[B, T, C] of x [B, C, T, H, W] channels-last.</summary>
    internal static Tensor Forward(Tensor x)
    {
        long[] shape = x.shape;
        Tensor y = empty(shape[0], shape[2], shape[1], dtype: ScalarType.Float32);
        Run(x, (int)shape[1], (int)(shape[3] * shape[4]), y, isForward: true);
        return y;
    }

    /// <summary>The gradient to x [B, C, T, <paramref name="height"/>, <paramref name="width"/>], channels-last, from dy [B, T, C].</summary>
    internal static Tensor Backward(Tensor dy, long height, long width)
    {
        long[] shape = dy.shape;
        Tensor dx = ChannelsLast.Empty(shape[0], shape[2], shape[1], height, width);
        Run(dx, (int)shape[2], (int)(height * width), dy, isForward: false);
        return dx;
    }

    private static Tensor ByLibtorch(Tensor x) => x.IsRounded() ? x.mean([3, 4], type: ScalarType.Float32) : x.mean([3, 4]);

    private static void Run(Tensor frames, int channels, int positions, Tensor means, bool isForward)
    {
        var blocks = new ChannelBlocks(channels, VectorWidth.For(channels));
        IFramePasses passes = IFramePasses.For(blocks.Width);
        float* frame = ChannelsLast.Pointer(frames), mean = ChannelsLast.Pointer(means);
        int count = checked((int)(means.numel() / channels)), parts = Math.Min(count, MostParts);
        long length = (long)positions * channels;
        ThreadTeam.Run(parts, frames.numel(), part =>
        {
            for (int i = (int)((long)count * part / parts); i < (int)((long)count * (part + 1) / parts); i++)
            {
                if (isForward) passes.Mean(frame + i * length, mean + (long)i * channels, positions, blocks, 0, blocks.Count);
                else passes.Spread(mean + (long)i * channels, frame + i * length, positions, blocks);
            }
        });
        GC.KeepAlive(frames);
        GC.KeepAlive(means);
    }
}
