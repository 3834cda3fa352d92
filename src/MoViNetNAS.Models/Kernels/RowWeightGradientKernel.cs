using System.Runtime.CompilerServices;

namespace MoViNetNAS.Models.Kernels;

/// <summary>The gradient to depthwise weights with 3, 5 or 7 kernel columns, at stride 1 or 2: sums stay in registers over many rows.</summary>
/// <remarks>Loops, outside in: frames, kernel frames, groups of up to three kernel rows, blocks of channels, output rows, columns. At
/// stride 1 the last few columns of dy slide through registers, so that a column of x is read once for all kernel columns, and dy once
/// for all rows of the group. Kernel rows outside of the input meet a row of zeros, columns outside count as zero: no loops for borders.</remarks>
internal static unsafe class RowWeightGradientKernel<TMath, TVector, TKernel>
    where TMath : struct, IVectorMath<TVector>
    where TVector : struct
    where TKernel : struct, ICount
{
    /// <summary>Adds the row groups [first, end) of the forward plan to <paramref name="gradient"/>.</summary>
    /// <param name="plan">The forward plan.</param>
    /// <param name="operands">Its input, stream buffer and zeros; Output is the gradient to the output.</param>
    /// <param name="first">First part of the plan.</param>
    /// <param name="end">One past the last part.</param>
    /// <param name="gradient">[taps + 1, blocks * width].</param>
    internal static void Run(CorrelationPlan plan, in CorrelationOperands operands, int first, int end, float* gradient)
    {
        DepthwiseGeometry g = plan.Geometry;
        var blocks = new ChannelBlocks(g.Channels, TMath.Width);
        for (int part = first; part < end; part++)
        {
            int clip = part / plan.RowGroups, firstRow = part % plan.RowGroups * plan.RowsPerGroup;
            int endRow = Math.Min(firstRow + plan.RowsPerGroup, plan.OutputHeight);
            for (int frame = 0; frame < g.Frames; frame++)
            {
                float* dy = operands.Output + ((long)clip * g.Frames + frame) * plan.OutputHeight * plan.OutputWidth * g.Channels;
                foreach ((int kernelFrame, int offset) in plan.FrameTaps)
                {
                    float* x = operands.Frame(plan, clip, frame + offset);
                    if (x == null) continue;
                    // Seven columns of three rows do not fit into 32 registers.
                    int most = TKernel.Value == 7 ? 2 : 3;
                    for (int kernelRow = 0; kernelRow < g.KernelSize; kernelRow += most)
                    {
                        int lines = Math.Min(most, g.KernelSize - kernelRow);
                        var rows = new Rows(plan, operands, x, dy, firstRow, endRow, kernelRow, kernelFrame, blocks, gradient);
                        if (lines == 3) Blocks<Three>(rows);
                        else if (lines == 2) Blocks<Two>(rows);
                        else Blocks<One>(rows);
                    }
                }
            }
        }
    }

    private static void Blocks<TLines>(in Rows rows)
        where TLines : struct, ICount
    {
        for (int block = 0; block < rows.Blocks.Count; block++)
        {
            if (rows.Stride == 1) Stride1<TLines>(rows, block);
            else Stride2<TLines>(rows, block);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Stride1<TLines>(in Rows rows, int block)
        where TLines : struct, ICount
    {
        TVector zero = TMath.Broadcast(0f);
        TVector a0 = zero, a1 = zero, a2 = zero, a3 = zero, a4 = zero, a5 = zero, a6 = zero;
        TVector b0 = zero, b1 = zero, b2 = zero, b3 = zero, b4 = zero, b5 = zero, b6 = zero;
        TVector c0 = zero, c1 = zero, c2 = zero, c3 = zero, c4 = zero;
        int start = rows.Blocks.Start(block), width = rows.InputWidth, before = rows.ColumnsBefore;
        nint channels = rows.Blocks.Channels;
        for (int row = rows.First; row < rows.End; row++)
        {
            float* dy = rows.Dy(row) + start;
            float* xa = rows.X(row, 0) + start;
            float* xb = TLines.Value > 1 ? rows.X(row, 1) + start : xa;
            float* xc = TLines.Value > 2 ? rows.X(row, 2) + start : xa;
            // d_k is the output that the column meets with kernel column k: dy[column + before - k].
            TVector d0 = before > 0 && before - 1 < width ? TMath.Load(dy + (before - 1) * channels) : zero;
            TVector d1 = before > 1 && before - 2 < width ? TMath.Load(dy + (before - 2) * channels) : zero;
            TVector d2 = before > 2 && before - 3 < width ? TMath.Load(dy) : zero;
            TVector d3 = zero, d4 = zero, d5 = zero, d6 = zero;
            dy += before * channels;
            for (int column = 0; column < width; column++)
            {
                if (TKernel.Value > 5) (d6, d5) = (d5, d4);
                if (TKernel.Value > 3) (d4, d3) = (d3, d2);
                (d2, d1, d0) = (d1, d0, column + before < width ? TMath.Load(dy) : zero);
                dy += channels;
                TVector x = TMath.Load(xa);
                xa += channels;
                a0 = TMath.MultiplyAdd(x, d0, a0);
                a1 = TMath.MultiplyAdd(x, d1, a1);
                a2 = TMath.MultiplyAdd(x, d2, a2);
                if (TKernel.Value > 3) a3 = TMath.MultiplyAdd(x, d3, a3);
                if (TKernel.Value > 3) a4 = TMath.MultiplyAdd(x, d4, a4);
                if (TKernel.Value > 5) a5 = TMath.MultiplyAdd(x, d5, a5);
                if (TKernel.Value > 5) a6 = TMath.MultiplyAdd(x, d6, a6);
                if (TLines.Value > 1)
                {
                    x = TMath.Load(xb);
                    xb += channels;
                    b0 = TMath.MultiplyAdd(x, d0, b0);
                    b1 = TMath.MultiplyAdd(x, d1, b1);
                    b2 = TMath.MultiplyAdd(x, d2, b2);
                    if (TKernel.Value > 3) b3 = TMath.MultiplyAdd(x, d3, b3);
                    if (TKernel.Value > 3) b4 = TMath.MultiplyAdd(x, d4, b4);
                    if (TKernel.Value > 5) b5 = TMath.MultiplyAdd(x, d5, b5);
                    if (TKernel.Value > 5) b6 = TMath.MultiplyAdd(x, d6, b6);
                }

                if (TLines.Value > 2)
                {
                    x = TMath.Load(xc);
                    xc += channels;
                    c0 = TMath.MultiplyAdd(x, d0, c0);
                    c1 = TMath.MultiplyAdd(x, d1, c1);
                    c2 = TMath.MultiplyAdd(x, d2, c2);
                    if (TKernel.Value > 3) c3 = TMath.MultiplyAdd(x, d3, c3);
                    if (TKernel.Value > 3) c4 = TMath.MultiplyAdd(x, d4, c4);
                }
            }
        }

        Add(rows, 0, block, a0, a1, a2, a3, a4, a5, a6);
        if (TLines.Value > 1) Add(rows, 1, block, b0, b1, b2, b3, b4, b5, b6);
        if (TLines.Value > 2) Add(rows, 2, block, c0, c1, c2, c3, c4, zero, zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Stride2<TLines>(in Rows rows, int block)
        where TLines : struct, ICount
    {
        TVector zero = TMath.Broadcast(0f);
        TVector a0 = zero, a1 = zero, a2 = zero, a3 = zero, a4 = zero, a5 = zero, a6 = zero;
        TVector b0 = zero, b1 = zero, b2 = zero, b3 = zero, b4 = zero, b5 = zero, b6 = zero;
        TVector c0 = zero, c1 = zero, c2 = zero, c3 = zero, c4 = zero;
        int start = rows.Blocks.Start(block), width = rows.InputWidth;
        nint channels = rows.Blocks.Channels;
        for (int row = rows.First; row < rows.End; row++)
        {
            float* dy = rows.Dy(row) + start;
            float* xa = rows.X(row, 0) + start;
            float* xb = TLines.Value > 1 ? rows.X(row, 1) + start : xa;
            float* xc = TLines.Value > 2 ? rows.X(row, 2) + start : xa;
            for (int output = 0; output < rows.OutputWidth; output++)
            {
                int column = 2 * output - rows.ColumnsBefore;
                TVector d = TMath.Load(dy);
                dy += channels;
                Multiply(xa, column, width, channels, d, ref a0, ref a1, ref a2, ref a3, ref a4, ref a5, ref a6);
                if (TLines.Value > 1) Multiply(xb, column, width, channels, d, ref b0, ref b1, ref b2, ref b3, ref b4, ref b5, ref b6);
                if (TLines.Value > 2) Multiply(xc, column, width, channels, d, ref c0, ref c1, ref c2, ref c3, ref c4, ref c4, ref c4);
            }
        }

        Add(rows, 0, block, a0, a1, a2, a3, a4, a5, a6);
        if (TLines.Value > 1) Add(rows, 1, block, b0, b1, b2, b3, b4, b5, b6);
        if (TLines.Value > 2) Add(rows, 2, block, c0, c1, c2, c3, c4, zero, zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply(
        float* x, int column, int width, nint channels, TVector d, ref TVector s0, ref TVector s1, ref TVector s2, ref TVector s3,
        ref TVector s4, ref TVector s5, ref TVector s6)
    {
        float* at = x + column * channels;
        s0 = TMath.MultiplyAdd(Read(at, column, width), d, s0);
        s1 = TMath.MultiplyAdd(Read(at + channels, column + 1, width), d, s1);
        s2 = TMath.MultiplyAdd(Read(at + 2 * channels, column + 2, width), d, s2);
        if (TKernel.Value > 3) s3 = TMath.MultiplyAdd(Read(at + 3 * channels, column + 3, width), d, s3);
        if (TKernel.Value > 3) s4 = TMath.MultiplyAdd(Read(at + 4 * channels, column + 4, width), d, s4);
        if (TKernel.Value > 5) s5 = TMath.MultiplyAdd(Read(at + 5 * channels, column + 5, width), d, s5);
        if (TKernel.Value > 5) s6 = TMath.MultiplyAdd(Read(at + 6 * channels, column + 6, width), d, s6);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Read(float* x, int column, int width) => (uint)column < (uint)width ? TMath.Load(x) : TMath.Broadcast(0f);

    private static void Add(
        in Rows rows, int line, int block, TVector s0, TVector s1, TVector s2, TVector s3, TVector s4, TVector s5, TVector s6)
    {
        float* sum = rows.Gradient(line) + block * TMath.Width;
        nint step = rows.Blocks.Padded;
        Add(sum, s0);
        Add(sum + step, s1);
        Add(sum + 2 * step, s2);
        if (TKernel.Value > 3) Add(sum + 3 * step, s3);
        if (TKernel.Value > 3) Add(sum + 4 * step, s4);
        if (TKernel.Value > 5) Add(sum + 5 * step, s5);
        if (TKernel.Value > 5) Add(sum + 6 * step, s6);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(float* sum, TVector addend) => TMath.Store(sum, TMath.Add(TMath.Load(sum), addend));

    /// <summary>Some output rows of a frame and neighbouring kernel rows of one kernel frame.</summary>
    private readonly struct Rows(
        CorrelationPlan plan, in CorrelationOperands operands, float* x, float* dy, int first, int end, int kernelRow, int kernelFrame,
        ChannelBlocks blocks, float* gradient)
    {
        internal readonly int First = first;
        internal readonly int End = end;
        internal readonly int Stride = plan.Geometry.Stride;
        internal readonly int InputWidth = plan.InputWidth;
        internal readonly int OutputWidth = plan.OutputWidth;
        internal readonly int ColumnsBefore = plan.Geometry.ColumnsBefore;
        internal readonly ChannelBlocks Blocks = blocks;
        private readonly float* _x = x;
        private readonly float* _dy = dy;
        private readonly float* _zeros = operands.Zeros;
        private readonly int _inputHeight = plan.InputHeight;
        private readonly int _firstInputRow = kernelRow - plan.Geometry.RowsBefore;
        private readonly float* _gradient = gradient + (long)(kernelFrame * TKernel.Value + kernelRow) * TKernel.Value * blocks.Padded;

        internal float* Dy(int row) => _dy + (long)row * OutputWidth * Blocks.Channels;

        internal float* X(int row, int line)
        {
            int input = row * Stride + _firstInputRow + line;
            return (uint)input < (uint)_inputHeight ? _x + (long)input * InputWidth * Blocks.Channels : _zeros;
        }

        internal float* Gradient(int line) => _gradient + (long)line * TKernel.Value * Blocks.Padded;
    }
}
