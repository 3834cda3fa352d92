using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Kernels;

/// <summary>Average pool of 1x3x3 at spatial stride 2 with "same" padding; padded cells do not count in the divisor.</summary>
/// <remarks>float32 on the CPU runs on own kernels in channels-last order; anything else, or everything when
/// <see cref="LibtorchPath"/> is on, runs on libtorch's avg_pool3d.</remarks>
public static unsafe class AveragePool
{
    private const int Kernel = 3, Stride = 2, MostParts = 64;

    /// <summary>Pools every frame.</summary>
    /// <param name="x">[B, C, T, H, W]; best channels-last, converted otherwise.</param>
    /// <returns>[B, C, T, ceil(H/2), ceil(W/2)], channels-last from the own kernels; the caller disposes it.</returns>
    public static Tensor Apply(Tensor x)
    {
        using DisposeScope scope = NewDisposeScope();
        if (x.numel() == 0 || LibtorchPath.Takes(x)) return ByLibtorch(x.Widened()).For(x).MoveToOuterDisposeScope(); // the CPU's has no bfloat16
        Tensor input = ChannelsLast.IsChannelsLast(x) ? x : ChannelsLast.Ensure(x);
        Tensor y = is_grad_enabled() && x.requires_grad ? AveragePoolFunction.apply(input, x.shape[3], x.shape[4]) : Forward(input);
        return y.MoveToOuterDisposeScope();
    }

    /// <summary>[B, C, T, ceil(H/2), ceil(W/2)] of x [B, C, T, H, W] channels-last.</summary>
    internal static Tensor Forward(Tensor x)
    {
        long[] shape = x.shape;
        var (rows, columns) = (new PoolWindows((int)shape[3]), new PoolWindows((int)shape[4]));
        Tensor y = ChannelsLast.Empty(shape[0], shape[1], shape[2], rows.Outputs, columns.Outputs);
        Run(x, y, rows, columns, (int)shape[1], isForward: true);
        return y;
    }

    /// <summary>The gradient to x [B, C, T, <paramref name="height"/>, <paramref name="width"/>] from dy, channels-last.</summary>
    internal static Tensor Backward(Tensor dy, long height, long width)
    {
        long[] shape = dy.shape;
        Tensor dx = ChannelsLast.Empty(shape[0], shape[1], shape[2], height, width);
        Run(dy, dx, new PoolWindows((int)height), new PoolWindows((int)width), (int)shape[1], isForward: false);
        return dx;
    }

    private static void Run(Tensor from, Tensor to, PoolWindows rows, PoolWindows columns, int channels, bool isForward)
    {
        var blocks = new ChannelBlocks(channels, VectorWidth.For(channels));
        AveragePoolPass body = isForward ? AveragePoolPasses.Forward(blocks.Width) : AveragePoolPasses.Backward(blocks.Width);
        int end = isForward ? rows.Outputs : rows.Size;
        float* source = ChannelsLast.Pointer(from), target = ChannelsLast.Pointer(to);
        int frames = checked((int)(from.shape[0] * from.shape[2])), parts = Math.Min(frames, MostParts);
        long sourceLength = from.numel() / frames, targetLength = to.numel() / frames;
        ThreadTeam.Run(parts, from.numel() * Kernel, part =>
        {
            for (int frame = frames * part / parts; frame < frames * (part + 1) / parts; frame++)
                body(source + frame * sourceLength, target + frame * targetLength, rows, columns, blocks, 0, end);
        });
        GC.KeepAlive(from);
        GC.KeepAlive(to);
    }

    private static Tensor ByLibtorch(Tensor x)
    {
        // An even size is padded after only: without padding, ceil mode cuts the last window at the edge, which is the same.
        static long Padding(long size) => size % 2 == 0 ? 0 : 1;
        if (Math.Min(x.shape[3], x.shape[4]) < Kernel) return OfFewCells(x); // libtorch wants a whole window
        return nn.functional.avg_pool3d(
            x, [1, Kernel, Kernel], [1, Stride, Stride], [0, Padding(x.shape[3]), Padding(x.shape[4])], ceil_mode: true, count_include_pad: false);
    }

    private static Tensor OfFewCells(Tensor x)
    {
        var (rows, columns) = (SamePadding.Of((int)x.shape[3], Kernel, Stride), SamePadding.Of((int)x.shape[4], Kernel, Stride));
        Tensor Sums(Tensor cells) => nn.functional.avg_pool3d(
            nn.functional.pad(cells, [columns.Before, columns.After, rows.Before, rows.After]),
            [1, Kernel, Kernel], [1, Stride, Stride], divisor_override: 1);
        return Sums(x) / Sums(ones_like(x));
    }
}
