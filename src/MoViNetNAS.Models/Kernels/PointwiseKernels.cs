using System.Runtime.Intrinsics;

namespace MoViNetNAS.Models.Kernels;

/// <summary>Products of rows of channels with small matrices, shared among threads: Y = X W^T and both gradients.</summary>
internal static unsafe class PointwiseKernels
{
    // Partial sums of the weight gradient: a fixed number, so that the order of additions never depends on the threads.
    private const int MostGradientParts = 16;

    /// <summary>y = x W^T.</summary>
    /// <param name="x">[rows, K].</param>
    /// <param name="weight">[N, K].</param>
    /// <param name="rows">Rows.</param>
    /// <param name="outputs">N.</param>
    /// <param name="y">[rows, N], overwritten.</param>
    internal static void Forward(float* x, ReadOnlySpan<float> weight, int rows, int outputs, float* y)
    {
        using var matrix = new PackedMatrix(weight, new float[outputs], Epilogue.None);
        Multiply(matrix, x, rows, y);
    }

    /// <summary>dx = dy W.</summary>
    /// <param name="dy">[rows, N].</param>
    /// <param name="weight">[N, K].</param>
    /// <param name="rows">Rows.</param>
    /// <param name="outputs">N.</param>
    /// <param name="dx">[rows, K], overwritten.</param>
    internal static void InputGradient(float* dy, ReadOnlySpan<float> weight, int rows, int outputs, float* dx)
    {
        int inputs = weight.Length / outputs;
        using var turned = new ScratchMemory(weight.Length);
        var transposed = new Span<float>(turned.Pointer, weight.Length);
        for (int n = 0; n < outputs; n++)
            for (int k = 0; k < inputs; k++) transposed[k * outputs + n] = weight[n * inputs + k];
        using var matrix = new PackedMatrix(transposed, new float[inputs], Epilogue.None);
        Multiply(matrix, dy, rows, dx);
    }

    /// <summary>dw = dy^T x.</summary>
    /// <param name="x">[rows, K].</param>
    /// <param name="dy">[rows, N].</param>
    /// <param name="rows">Rows.</param>
    /// <param name="inputs">K.</param>
    /// <param name="outputs">N.</param>
    /// <param name="dw">[N, K], overwritten.</param>
    internal static void WeightGradient(float* x, float* dy, int rows, int inputs, int outputs, float* dw)
    {
        var blocks = new ChannelBlocks(inputs, VectorWidth.For(inputs));
        long work = (long)rows * inputs * outputs;
        int parts = (int)Math.Clamp(work / ThreadTeam.InlineWork, 1, MostGradientParts), length = outputs * blocks.Padded;
        using var partial = new ScratchMemory((long)parts * length, isZeroed: true);
        float* sums = partial.Pointer;
        Body body = Gradient(blocks.Width);
        ThreadTeam.Run(parts, work, part => body(
            x, dy, (int)((long)rows * part / parts), (int)((long)rows * (part + 1) / parts), blocks, outputs, sums + (long)part * length));
        Reduce(sums, parts, length, blocks, outputs, dw);
    }

    /// <summary>Adds the products of a few rows to <paramref name="sums"/> [N, blocks * width]; on the calling thread.</summary>
    internal static void AddWeightGradient(float* x, float* dy, int rows, ChannelBlocks blocks, int outputs, float* sums) =>
        Gradient(blocks.Width)(x, dy, 0, rows, blocks, outputs, sums);

    /// <summary>Adds partial sums [parts, N, blocks * width] in the order of the parts and writes them as [N, K].</summary>
    internal static void Reduce(float* sums, int parts, int length, ChannelBlocks blocks, int outputs, float* dw)
    {
        for (int part = 1; part < parts; part++)
        {
            float* addend = sums + (long)part * length;
            for (int i = 0; i < length; i++) sums[i] += addend[i];
        }

        for (int n = 0; n < outputs; n++)
        {
            float* source = sums + (long)n * blocks.Padded, target = dw + (long)n * blocks.Channels;
            for (int k = 0; k < blocks.Channels; k++) target[k] = source[blocks.SlotOf(k)];
        }
    }

    private static void Multiply(PackedMatrix matrix, float* x, int rows, float* y)
    {
        MatrixOperands operands = MatrixOperands.Plain(x, matrix.Depth, y);
        var parts = new MatrixParts(rows, matrix.Panels.Length);
        ThreadTeam.Run(parts.Count, (long)rows * matrix.Depth * matrix.Columns, part => matrix.Multiply(operands, parts, part));
    }

    private static Body Gradient(int width) => width switch
    {
        16 => MatrixGradientKernel<Vector512Math, Vector512<float>>.Run,
        8 => MatrixGradientKernel<Vector256Math, Vector256<float>>.Run,
        4 => MatrixGradientKernel<Vector128Math, Vector128<float>>.Run,
        _ => MatrixGradientKernel<ScalarMath, float>.Run,
    };

    private delegate void Body(float* x, float* dy, int first, int end, ChannelBlocks blocks, int outputs, float* gradient);
}
