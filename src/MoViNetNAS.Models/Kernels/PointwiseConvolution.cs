using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Kernels;

/// <summary>Pointwise (1x1x1) convolution without bias: a product of rows of channels with a small matrix.</summary>
/// <remarks>float32 on the CPU runs on own kernels in channels-last order, with the same bits for any number of threads; anything
/// else, or everything when <see cref="LibtorchPath"/> is on, runs on libtorch's conv3d.</remarks>
public static unsafe class PointwiseConvolution
{
    /// <summary>Mixes the channels of every position.</summary>
    /// <param name="x">[B, K, T, H, W]; best channels-last, converted otherwise.</param>
    /// <param name="weight">[N, K]; may be a slice of a larger matrix.</param>
    /// <returns>[B, N, T, H, W], channels-last from the own kernels; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">Shapes that do not fit.</exception>
    public static Tensor Apply(Tensor x, Tensor weight)
    {
        if (x.dim() != 5 || weight.dim() != 2 || weight.shape[1] != x.shape[1])
        {
            throw new ArgumentException(
                $"x [{string.Join(", ", x.shape)}] and weight [{string.Join(", ", weight.shape)}] are not [B, K, T, H, W] and [N, K].", nameof(weight));
        }

        using DisposeScope scope = NewDisposeScope();
        if (x.numel() == 0 || LibtorchPath.Takes(x) || LibtorchPath.Takes(weight))
            return ByLibtorch(x, weight).MoveToOuterDisposeScope();

        Tensor input = ChannelsLast.IsChannelsLast(x) ? x : ChannelsLast.Ensure(x);
        bool needsX = x.requires_grad, needsWeight = weight.requires_grad;
        Tensor y = is_grad_enabled() && (needsX || needsWeight)
            ? PointwiseFunction.apply(input, weight, new PointwiseFunction.Call(needsX, needsWeight))
            : Forward(input, weight);
        return y.MoveToOuterDisposeScope();
    }

    /// <summary>[B, N, T, H, W] of x [B, K, T, H, W] channels-last.</summary>
    internal static Tensor Forward(Tensor x, Tensor weight)
    {
        int outputs = (int)weight.shape[0];
        Tensor y = Like(x, outputs);
        using var values = new MatrixValues(weight);
        PointwiseKernels.Forward(ChannelsLast.Pointer(x), values.Span, Rows(x), outputs, ChannelsLast.Pointer(y));
        GC.KeepAlive(x);
        return y;
    }

    /// <summary>The gradient to x, [B, K, T, H, W], from dy [B, N, T, H, W] channels-last.</summary>
    internal static Tensor InputGradient(Tensor dy, Tensor weight)
    {
        Tensor dx = Like(dy, (int)weight.shape[1]);
        using var values = new MatrixValues(weight);
        PointwiseKernels.InputGradient(ChannelsLast.Pointer(dy), values.Span, Rows(dy), (int)weight.shape[0], ChannelsLast.Pointer(dx));
        GC.KeepAlive(dy);
        return dx;
    }

    /// <summary>The gradient to the weight, [N, K].</summary>
    internal static Tensor WeightGradient(Tensor x, Tensor dy)
    {
        int inputs = (int)x.shape[1], outputs = (int)dy.shape[1];
        Tensor dw = empty(outputs, inputs, dtype: ScalarType.Float32);
        PointwiseKernels.WeightGradient(ChannelsLast.Pointer(x), ChannelsLast.Pointer(dy), Rows(x), inputs, outputs, ChannelsLast.Pointer(dw));
        GC.KeepAlive(x);
        GC.KeepAlive(dy);
        return dw;
    }

    private static Tensor ByLibtorch(Tensor x, Tensor weight) => RoundedConvolution.Apply(
        x, weight.view(weight.shape[0], weight.shape[1], 1, 1, 1), (input, kernel) => nn.functional.conv3d(input, kernel));

    private static int Rows(Tensor x) => checked((int)(x.numel() / x.shape[1]));

    private static Tensor Like(Tensor x, int channels)
    {
        long[] shape = x.shape;
        return ChannelsLast.Empty(shape[0], channels, shape[2], shape[3], shape[4]);
    }
}
