using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Kernels;

/// <summary>The first convolution of a network: 1x3x3 over RGB frames at spatial stride 2, without bias.</summary>
/// <remarks>float32 on the CPU runs on own kernels: one padded frame at a time, which stays in the cache, times a matrix. The same
/// bits for any number of threads. Anything else, or everything when <see cref="LibtorchPath"/> is on, runs on libtorch's conv3d.</remarks>
public static unsafe class StemConvolution
{
    private const int Kernel = 3, Stride = 2;

    // Partial sums of the weight gradient: a fixed number, so that the order of additions never depends on the threads.
    private const int MostParts = 64, MostGradientParts = 16;

    /// <summary>Convolves clips with "same" padding.</summary>
    /// <param name="clip">[B, 3, T, S, S]; best channels-last, converted otherwise.</param>
    /// <param name="weight">[N, 3, 3, 3]: output, colour, row, column.</param>
    /// <returns>[B, N, T, ceil(S/2), ceil(S/2)], channels-last from the own kernels; the caller disposes it. Gradients reach the
    /// weight; the clip takes part in gradients on libtorch only.</returns>
    public static Tensor Apply(Tensor clip, Tensor weight)
    {
        using DisposeScope scope = NewDisposeScope();
        if (LibtorchPath.Takes(clip) || LibtorchPath.Takes(weight) || clip.requires_grad)
            return ByLibtorch(clip, weight).MoveToOuterDisposeScope();
        Tensor input = ChannelsLast.IsChannelsLast(clip) ? clip : ChannelsLast.Ensure(clip);
        Tensor matrix = weight.permute(0, 2, 3, 1).reshape(weight.shape[0], StemFrame.Taps); // [N, row-column-colour]
        Tensor y = is_grad_enabled() && matrix.requires_grad ? StemFunction.apply(input, matrix) : Forward(input, matrix);
        return y.MoveToOuterDisposeScope();
    }

    /// <summary>[B, N, T, h, w] of a clip [B, 3, T, S, S] channels-last and a matrix [N, 27].</summary>
    internal static Tensor Forward(Tensor clip, Tensor matrix)
    {
        var frame = new StemFrame((int)clip.shape[3]);
        int frames = Frames(clip), outputs = (int)matrix.shape[0];
        Tensor y = ChannelsLast.Empty(clip.shape[0], outputs, clip.shape[2], frame.Output, frame.Output);
        using var values = new MatrixValues(matrix);
        using var packed = new PackedMatrix(values.Span, new float[outputs], Epilogue.None);
        float* source = ChannelsLast.Pointer(clip), target = ChannelsLast.Pointer(y);
        long length = clip.shape[3] * clip.shape[4] * InputShape.Channels;
        var cut = new MatrixParts(frame.Output, packed.Panels.Length);
        int parts = Math.Min(frames, MostParts);
        ThreadTeam.Run(parts, Work(frame, frames, outputs), part =>
        {
            using var padded = new ScratchMemory(frame.Floats, isZeroed: true);
            for (int i = frames * part / parts; i < frames * (part + 1) / parts; i++)
            {
                frame.Fill(source + i * length, padded.Pointer);
                for (int row = 0; row < frame.Output; row++)
                {
                    MatrixOperands operands = frame.Row(padded.Pointer, row, target + ((long)i * frame.Positions + row * frame.Output) * outputs);
                    for (int j = 0; j < cut.Count; j++) packed.Multiply(operands, cut, j);
                }
            }
        });
        GC.KeepAlive(clip);
        GC.KeepAlive(y);
        return y;
    }

    /// <summary>The gradient to the matrix, [N, 27], from dy [B, N, T, h, w] channels-last.</summary>
    internal static Tensor WeightGradient(Tensor clip, Tensor dy)
    {
        var frame = new StemFrame((int)clip.shape[3]);
        int frames = Frames(clip), outputs = (int)dy.shape[1], parts = Math.Min(frames, MostGradientParts);
        var blocks = new ChannelBlocks(StemFrame.Taps, VectorWidth.For(StemFrame.Taps));
        int sumLength = outputs * blocks.Padded;
        using var partial = new ScratchMemory((long)parts * sumLength, isZeroed: true);
        float* sums = partial.Pointer, source = ChannelsLast.Pointer(clip), gradient = ChannelsLast.Pointer(dy);
        long length = clip.shape[3] * clip.shape[4] * InputShape.Channels;
        ThreadTeam.Run(parts, Work(frame, frames, outputs), part =>
        {
            using var padded = new ScratchMemory(frame.Floats, isZeroed: true);
            using var patches = new ScratchMemory((long)frame.Positions * StemFrame.Taps);
            for (int i = frames * part / parts; i < frames * (part + 1) / parts; i++)
            {
                frame.Fill(source + i * length, padded.Pointer);
                frame.Gather(padded.Pointer, patches.Pointer);
                PointwiseKernels.AddWeightGradient(
                    patches.Pointer, gradient + (long)i * frame.Positions * outputs, frame.Positions, blocks, outputs,
                    sums + (long)part * sumLength);
            }
        });
        Tensor dw = empty(outputs, StemFrame.Taps, dtype: ScalarType.Float32);
        PointwiseKernels.Reduce(sums, parts, sumLength, blocks, outputs, ChannelsLast.Pointer(dw));
        GC.KeepAlive(clip);
        GC.KeepAlive(dy);
        return dw;
    }

    private static int Frames(Tensor clip) => checked((int)(clip.shape[0] * clip.shape[2]));

    private static long Work(StemFrame frame, int frames, int outputs) => (long)frames * frame.Positions * StemFrame.Taps * outputs;

    private static Tensor ByLibtorch(Tensor clip, Tensor weight)
    {
        var rows = SamePadding.Of((int)clip.shape[3], Kernel, Stride);
        var columns = SamePadding.Of((int)clip.shape[4], Kernel, Stride);
        Tensor padded = nn.functional.pad(clip.contiguous(), [columns.Before, columns.After, rows.Before, rows.After]);
        return RoundedConvolution.Apply(
            padded, weight.unsqueeze(2), (input, kernel) => nn.functional.conv3d(input, kernel, strides: [1, Stride, Stride]));
    }
}
