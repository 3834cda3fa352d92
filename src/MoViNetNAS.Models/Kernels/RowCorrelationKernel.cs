using System.Runtime.CompilerServices;

namespace MoViNetNAS.Models.Kernels;

/// <summary>A depthwise correlation with 3 or 5 kernel columns at stride 1 or 2: neighbouring outputs share each input that is read.</summary>
/// <remarks>Loops, outside in: output rows, tiles of eight (or four) columns, blocks of channels, input rows under the kernel. An input
/// row's kernel columns stay in registers, its columns are read once, left to right, and added to every output that they belong to;
/// columns outside count as zero, so the borders need no loops of their own. Each output adds its taps in the same order as in
/// <see cref="CorrelationKernel{TMath, TVector, TActivation}"/>, which takes the other shapes, and gets the same bits.</remarks>
internal static unsafe class RowCorrelationKernel<TMath, TVector, TActivation, TKernel>
    where TMath : struct, IVectorMath<TVector>
    where TVector : struct
    where TActivation : struct, IActivationFunction
    where TKernel : struct, ICount
{
    private const int Narrow = 4, Wide = 8;

    /// <summary>Computes the outputs of <paramref name="part"/>: some rows of one clip, all frames.</summary>
    internal static void Run(CorrelationPlan plan, in CorrelationOperands operands, int part)
    {
        DepthwiseGeometry g = plan.Geometry;
        if (g.Stride > 2)
        {
            CorrelationKernel<TMath, TVector, TActivation>.Run(plan, operands, part);
            return;
        }

        var blocks = new ChannelBlocks(g.Channels, TMath.Width);
        Line* lines = stackalloc Line[g.KernelFrames * g.KernelSize];
        int clip = part / plan.RowGroups;
        int firstRow = part % plan.RowGroups * plan.RowsPerGroup;
        int endRow = Math.Min(firstRow + plan.RowsPerGroup, plan.OutputHeight);
        for (int frame = 0; frame < g.Frames; frame++)
        {
            float* y = operands.OutputFrame(plan, clip, frame);
            for (int row = firstRow; row < endRow; row++)
            {
                int count = Lines(plan, operands, blocks, lines, clip, frame, row);
                Row(plan, operands, blocks, lines, count, y + (long)row * plan.OutputWidth * g.Channels);
            }
        }
    }

    // The input rows under the kernel, and the kernel row that each meets.
    private static int Lines(
        CorrelationPlan plan, in CorrelationOperands operands, ChannelBlocks blocks, Line* lines, int clip, int frame, int row)
    {
        DepthwiseGeometry g = plan.Geometry;
        int count = 0;
        foreach ((int kernelFrame, int offset) in plan.FrameTaps)
        {
            float* input = operands.Frame(plan, clip, frame + offset);
            if (input == null) continue;
            foreach ((int kernelRow, int inputRow) in plan.RowTaps[row])
            {
                lines[count++] = new Line
                {
                    X = input + (long)inputRow * plan.InputWidth * g.Channels,
                    W = operands.Weight + (long)(kernelFrame * g.KernelSize + kernelRow) * g.KernelSize * blocks.Padded,
                };
            }
        }

        return count;
    }

    private static void Row(CorrelationPlan plan, in CorrelationOperands operands, ChannelBlocks blocks, Line* lines, int count, float* y)
    {
        DepthwiseGeometry g = plan.Geometry;
        int before = g.ColumnsBefore;
        for (int column = 0; column < plan.OutputWidth;)
        {
            // The last tile overlaps the one before and computes some outputs twice, which is faster than narrow tiles; a row that is
            // narrower than a tile fills it with zeros.
            int left = plan.OutputWidth - column;
            int columns = left > Narrow ? Wide : Narrow;
            column = Math.Max(Math.Min(column, plan.OutputWidth - columns), 0);
            int first = column * g.Stride - before, end = first + (columns - 1) * g.Stride + TKernel.Value;
            var tile = new Tile(
                lines, count, first, Math.Min(columns, plan.OutputWidth), plan.InputWidth, blocks, operands, y + (long)column * g.Channels);
            bool isBorder = first < 0 || end > plan.InputWidth;
            if (columns == Wide) Blocks<Eight>(tile, g.Stride, isBorder);
            else Blocks<Four>(tile, g.Stride, isBorder);
            column += columns;
        }
    }

    private static void Blocks<TColumns>(in Tile tile, int stride, bool isBorder)
        where TColumns : struct, ICount
    {
        for (int block = 0; block < tile.Blocks.Count; block++)
        {
            if (stride == 1)
            {
                if (isBorder) Stride1<TColumns, One>(tile, block);
                else Stride1<TColumns, Two>(tile, block);
            }
            else
            {
                if (isBorder) Stride2<TColumns, One>(tile, block);
                else Stride2<TColumns, Two>(tile, block);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Stride1<TColumns, TBorder>(in Tile tile, int block)
        where TColumns : struct, ICount
        where TBorder : struct, ICount
    {
        TVector zero = TMath.Broadcast(0f);
        TVector a0 = zero, a1 = zero, a2 = zero, a3 = zero, a4 = zero, a5 = zero, a6 = zero, a7 = zero;
        int start = tile.Blocks.Start(block), padded = tile.Blocks.Padded, slot = block * TMath.Width;
        for (int i = 0; i < tile.Count; i++)
        {
            float* w = tile.Lines[i].W + slot;
            float* x = tile.Lines[i].X + start + tile.First * (nint)tile.Blocks.Channels;
            TVector w0 = TMath.Load(w), w1 = TMath.Load(w + padded), w2 = TMath.Load(w + 2 * padded);
            TVector w3 = TKernel.Value > 3 ? TMath.Load(w + 3 * padded) : zero;
            TVector w4 = TKernel.Value > 3 ? TMath.Load(w + 4 * padded) : zero;
            int c = tile.First;

            TVector v = Read<TBorder>(tile, ref x, c);
            a0 = TMath.MultiplyAdd(v, w0, a0);
            v = Read<TBorder>(tile, ref x, c + 1);
            a0 = TMath.MultiplyAdd(v, w1, a0);
            a1 = TMath.MultiplyAdd(v, w0, a1);
            v = Read<TBorder>(tile, ref x, c + 2);
            a0 = TMath.MultiplyAdd(v, w2, a0);
            a1 = TMath.MultiplyAdd(v, w1, a1);
            a2 = TMath.MultiplyAdd(v, w0, a2);
            v = Read<TBorder>(tile, ref x, c + 3);
            if (TKernel.Value > 3) a0 = TMath.MultiplyAdd(v, w3, a0);
            a1 = TMath.MultiplyAdd(v, w2, a1);
            a2 = TMath.MultiplyAdd(v, w1, a2);
            a3 = TMath.MultiplyAdd(v, w0, a3);
            v = Read<TBorder>(tile, ref x, c + 4);
            if (TKernel.Value > 3) a0 = TMath.MultiplyAdd(v, w4, a0);
            if (TKernel.Value > 3) a1 = TMath.MultiplyAdd(v, w3, a1);
            a2 = TMath.MultiplyAdd(v, w2, a2);
            a3 = TMath.MultiplyAdd(v, w1, a3);
            if (TColumns.Value > 4) a4 = TMath.MultiplyAdd(v, w0, a4);
            v = Read<TBorder>(tile, ref x, c + 5);
            if (TKernel.Value > 3) a1 = TMath.MultiplyAdd(v, w4, a1);
            if (TKernel.Value > 3) a2 = TMath.MultiplyAdd(v, w3, a2);
            a3 = TMath.MultiplyAdd(v, w2, a3);
            if (TColumns.Value > 4) a4 = TMath.MultiplyAdd(v, w1, a4);
            if (TColumns.Value > 4) a5 = TMath.MultiplyAdd(v, w0, a5);
            if (TColumns.Value > 4 || TKernel.Value > 3) v = Read<TBorder>(tile, ref x, c + 6);
            if (TKernel.Value > 3) a2 = TMath.MultiplyAdd(v, w4, a2);
            if (TKernel.Value > 3) a3 = TMath.MultiplyAdd(v, w3, a3);
            if (TColumns.Value > 4) a4 = TMath.MultiplyAdd(v, w2, a4);
            if (TColumns.Value > 4) a5 = TMath.MultiplyAdd(v, w1, a5);
            if (TColumns.Value > 4) a6 = TMath.MultiplyAdd(v, w0, a6);
            if (TColumns.Value > 4 || TKernel.Value > 3) v = Read<TBorder>(tile, ref x, c + 7);
            if (TKernel.Value > 3) a3 = TMath.MultiplyAdd(v, w4, a3);
            if (TColumns.Value > 4)
            {
                if (TKernel.Value > 3) a4 = TMath.MultiplyAdd(v, w3, a4);
                a5 = TMath.MultiplyAdd(v, w2, a5);
                a6 = TMath.MultiplyAdd(v, w1, a6);
                a7 = TMath.MultiplyAdd(v, w0, a7);
                v = Read<TBorder>(tile, ref x, c + 8);
                if (TKernel.Value > 3) a4 = TMath.MultiplyAdd(v, w4, a4);
                if (TKernel.Value > 3) a5 = TMath.MultiplyAdd(v, w3, a5);
                a6 = TMath.MultiplyAdd(v, w2, a6);
                a7 = TMath.MultiplyAdd(v, w1, a7);
                v = Read<TBorder>(tile, ref x, c + 9);
                if (TKernel.Value > 3) a5 = TMath.MultiplyAdd(v, w4, a5);
                if (TKernel.Value > 3) a6 = TMath.MultiplyAdd(v, w3, a6);
                a7 = TMath.MultiplyAdd(v, w2, a7);
                if (TKernel.Value > 3)
                {
                    v = Read<TBorder>(tile, ref x, c + 10);
                    a6 = TMath.MultiplyAdd(v, w4, a6);
                    a7 = TMath.MultiplyAdd(v, w3, a7);
                    v = Read<TBorder>(tile, ref x, c + 11);
                    a7 = TMath.MultiplyAdd(v, w4, a7);
                }
            }
        }

        Finish<TColumns>(tile, slot, start, a0, a1, a2, a3, a4, a5, a6, a7);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Stride2<TColumns, TBorder>(in Tile tile, int block)
        where TColumns : struct, ICount
        where TBorder : struct, ICount
    {
        TVector zero = TMath.Broadcast(0f);
        TVector a0 = zero, a1 = zero, a2 = zero, a3 = zero, a4 = zero, a5 = zero, a6 = zero, a7 = zero;
        int start = tile.Blocks.Start(block), padded = tile.Blocks.Padded, slot = block * TMath.Width;
        for (int i = 0; i < tile.Count; i++)
        {
            float* w = tile.Lines[i].W + slot;
            float* x = tile.Lines[i].X + start + tile.First * (nint)tile.Blocks.Channels;
            TVector w0 = TMath.Load(w), w1 = TMath.Load(w + padded), w2 = TMath.Load(w + 2 * padded);
            TVector w3 = TKernel.Value > 3 ? TMath.Load(w + 3 * padded) : zero;
            TVector w4 = TKernel.Value > 3 ? TMath.Load(w + 4 * padded) : zero;
            int c = tile.First;

            TVector v = Read<TBorder>(tile, ref x, c);
            a0 = TMath.MultiplyAdd(v, w0, a0);
            v = Read<TBorder>(tile, ref x, c + 1);
            a0 = TMath.MultiplyAdd(v, w1, a0);
            v = Read<TBorder>(tile, ref x, c + 2);
            a0 = TMath.MultiplyAdd(v, w2, a0);
            a1 = TMath.MultiplyAdd(v, w0, a1);
            v = Read<TBorder>(tile, ref x, c + 3);
            if (TKernel.Value > 3) a0 = TMath.MultiplyAdd(v, w3, a0);
            a1 = TMath.MultiplyAdd(v, w1, a1);
            v = Read<TBorder>(tile, ref x, c + 4);
            if (TKernel.Value > 3) a0 = TMath.MultiplyAdd(v, w4, a0);
            a1 = TMath.MultiplyAdd(v, w2, a1);
            a2 = TMath.MultiplyAdd(v, w0, a2);
            v = Read<TBorder>(tile, ref x, c + 5);
            if (TKernel.Value > 3) a1 = TMath.MultiplyAdd(v, w3, a1);
            a2 = TMath.MultiplyAdd(v, w1, a2);
            v = Read<TBorder>(tile, ref x, c + 6);
            if (TKernel.Value > 3) a1 = TMath.MultiplyAdd(v, w4, a1);
            a2 = TMath.MultiplyAdd(v, w2, a2);
            a3 = TMath.MultiplyAdd(v, w0, a3);
            v = Read<TBorder>(tile, ref x, c + 7);
            if (TKernel.Value > 3) a2 = TMath.MultiplyAdd(v, w3, a2);
            a3 = TMath.MultiplyAdd(v, w1, a3);
            v = Read<TBorder>(tile, ref x, c + 8);
            if (TKernel.Value > 3) a2 = TMath.MultiplyAdd(v, w4, a2);
            a3 = TMath.MultiplyAdd(v, w2, a3);
            if (TColumns.Value > 4) a4 = TMath.MultiplyAdd(v, w0, a4);
            if (TColumns.Value > 4 || TKernel.Value > 3) v = Read<TBorder>(tile, ref x, c + 9);
            if (TKernel.Value > 3) a3 = TMath.MultiplyAdd(v, w3, a3);
            if (TColumns.Value > 4) a4 = TMath.MultiplyAdd(v, w1, a4);
            if (TColumns.Value > 4 || TKernel.Value > 3) v = Read<TBorder>(tile, ref x, c + 10);
            if (TKernel.Value > 3) a3 = TMath.MultiplyAdd(v, w4, a3);
            if (TColumns.Value > 4)
            {
                a4 = TMath.MultiplyAdd(v, w2, a4);
                a5 = TMath.MultiplyAdd(v, w0, a5);
                v = Read<TBorder>(tile, ref x, c + 11);
                if (TKernel.Value > 3) a4 = TMath.MultiplyAdd(v, w3, a4);
                a5 = TMath.MultiplyAdd(v, w1, a5);
                v = Read<TBorder>(tile, ref x, c + 12);
                if (TKernel.Value > 3) a4 = TMath.MultiplyAdd(v, w4, a4);
                a5 = TMath.MultiplyAdd(v, w2, a5);
                a6 = TMath.MultiplyAdd(v, w0, a6);
                v = Read<TBorder>(tile, ref x, c + 13);
                if (TKernel.Value > 3) a5 = TMath.MultiplyAdd(v, w3, a5);
                a6 = TMath.MultiplyAdd(v, w1, a6);
                v = Read<TBorder>(tile, ref x, c + 14);
                if (TKernel.Value > 3) a5 = TMath.MultiplyAdd(v, w4, a5);
                a6 = TMath.MultiplyAdd(v, w2, a6);
                a7 = TMath.MultiplyAdd(v, w0, a7);
                v = Read<TBorder>(tile, ref x, c + 15);
                if (TKernel.Value > 3) a6 = TMath.MultiplyAdd(v, w3, a6);
                a7 = TMath.MultiplyAdd(v, w1, a7);
                v = Read<TBorder>(tile, ref x, c + 16);
                if (TKernel.Value > 3) a6 = TMath.MultiplyAdd(v, w4, a6);
                a7 = TMath.MultiplyAdd(v, w2, a7);
                if (TKernel.Value > 3)
                {
                    v = Read<TBorder>(tile, ref x, c + 17);
                    a7 = TMath.MultiplyAdd(v, w3, a7);
                    v = Read<TBorder>(tile, ref x, c + 18);
                    a7 = TMath.MultiplyAdd(v, w4, a7);
                }
            }
        }

        Finish<TColumns>(tile, slot, start, a0, a1, a2, a3, a4, a5, a6, a7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Read<TBorder>(in Tile tile, ref float* x, int column)
        where TBorder : struct, ICount
    {
        float* at = x;
        x += tile.Blocks.Channels;
        return TBorder.Value == 1 && (uint)column >= (uint)tile.InputWidth ? TMath.Broadcast(0f) : TMath.Load(at);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<TColumns>(
        in Tile tile, int slot, int start, TVector a0, TVector a1, TVector a2, TVector a3, TVector a4, TVector a5, TVector a6, TVector a7)
        where TColumns : struct, ICount
    {
        TVector scale = TMath.Load(tile.Scale + slot), shift = TMath.Load(tile.Shift + slot);
        float* y = tile.Y + start;
        nint step = tile.Blocks.Channels;
        Store(y, a0, scale, shift);
        if (tile.Columns > 1) Store(y + step, a1, scale, shift);
        if (tile.Columns > 2) Store(y + 2 * step, a2, scale, shift);
        if (tile.Columns > 3) Store(y + 3 * step, a3, scale, shift);
        if (TColumns.Value == 4 || tile.Columns <= 4) return;
        Store(y + 4 * step, a4, scale, shift);
        if (tile.Columns > 5) Store(y + 5 * step, a5, scale, shift);
        if (tile.Columns > 6) Store(y + 6 * step, a6, scale, shift);
        if (tile.Columns > 7) Store(y + 7 * step, a7, scale, shift);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* y, TVector sum, TVector scale, TVector shift) =>
        TMath.Store(y, TActivation.Apply<TMath, TVector>(TMath.MultiplyAdd(sum, scale, shift)));

    /// <summary>An input row under the kernel.</summary>
    private struct Line
    {
        internal float* X;
        internal float* W;
    }

    /// <summary>Neighbouring outputs of a row, all channels.</summary>
    private readonly struct Tile(
        Line* lines, int count, int first, int columns, int inputWidth, ChannelBlocks blocks, in CorrelationOperands operands, float* y)
    {
        internal readonly Line* Lines = lines;
        internal readonly int Count = count;
        internal readonly int First = first;
        internal readonly int Columns = columns;
        internal readonly int InputWidth = inputWidth;
        internal readonly ChannelBlocks Blocks = blocks;
        internal readonly float* Scale = operands.Scale;
        internal readonly float* Shift = operands.Shift;
        internal readonly float* Y = y;
    }
}
