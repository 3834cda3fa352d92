using System.Runtime.CompilerServices;

namespace MoViNetNAS.Models.Kernels;

/// <summary>A depthwise correlation in which neighbouring outputs share each input that is read: for kernels of several columns.</summary>
/// <remarks>Loops, outside in: output rows, tiles of eight (or four) columns, blocks of channels, lines. A line is an input row under the
/// kernel and up to five neighbouring kernel columns of it, which stay in registers; seven columns are two lines of four, and columns
/// that are missing from a line weigh zero. The columns of an input row are read once, left to right, and added to every output that
/// they belong to; columns outside count as zero, so the borders need no loops of their own. Each output adds its taps in the same
/// order as in <see cref="CorrelationKernel{TMath, TVector, TActivation}"/>, which takes the other shapes, and gets the same bits.</remarks>
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
        if (plan.Phases[0].InputStep > 2)
        {
            CorrelationKernel<TMath, TVector, TActivation>.Run(plan, operands, part);
            return;
        }

        var blocks = new ChannelBlocks(g.Channels, TMath.Width);
        Line* lines = stackalloc Line[2 * g.KernelFrames * g.KernelSize];
        int clip = part / plan.RowGroups;
        int firstRow = part % plan.RowGroups * plan.RowsPerGroup;
        int endRow = Math.Min(firstRow + plan.RowsPerGroup, plan.OutputHeight);
        for (int frame = 0; frame < g.Frames; frame++)
        {
            float* y = operands.OutputFrame(plan, clip, frame);
            for (int row = firstRow; row < endRow; row++)
            {
                foreach (ColumnPhase phase in plan.Phases)
                {
                    int count = Lines(plan, operands, blocks, phase, lines, clip, frame, row);
                    Row(plan, operands, blocks, phase, lines, count, y + (long)row * plan.OutputWidth * g.Channels);
                }
            }
        }
    }

    private static int Lines(
        CorrelationPlan plan, in CorrelationOperands operands, ChannelBlocks blocks, ColumnPhase phase, Line* lines, int clip, int frame, int row)
    {
        DepthwiseGeometry g = plan.Geometry;
        int count = 0;
        foreach ((int kernelFrame, int offset) in plan.FrameTaps)
        {
            float* input = operands.Frame(plan, clip, frame + offset);
            if (input == null) continue;
            foreach ((int kernelRow, int inputRow) in plan.RowTaps[row])
            {
                for (int tap = 0; tap < phase.Taps.Length; tap += TKernel.Value)
                {
                    lines[count++] = new Line
                    {
                        X = input + (long)inputRow * plan.InputWidth * g.Channels,
                        W = operands.Weight + ((long)(kernelFrame * g.KernelSize + kernelRow) * g.KernelSize + phase.Taps[tap].Kernel) * blocks.Padded,
                        Offset = tap,
                        Taps = Math.Min(phase.Taps.Length - tap, TKernel.Value),
                    };
                }
            }
        }

        return count;
    }

    private static void Row(
        CorrelationPlan plan, in CorrelationOperands operands, ChannelBlocks blocks, ColumnPhase phase, Line* lines, int count, float* y)
    {
        int taps = phase.Taps.Length, channels = blocks.Channels;
        int padded = (taps + TKernel.Value - 1) / TKernel.Value * TKernel.Value; // with the columns that weigh zero
        nint weightStep = taps > 1 ? (nint)(phase.Taps[1].Kernel - phase.Taps[0].Kernel) * blocks.Padded : 0;
        for (int column = 0; column < phase.Count;)
        {
            // The last tile overlaps the one before and computes some outputs twice, which is faster than narrow tiles; a row that is
            // narrower than a tile fills it with zeros.
            int left = phase.Count - column;
            int columns = left > Narrow ? Wide : Narrow;
            column = Math.Max(Math.Min(column, phase.Count - columns), 0);
            int first = column * phase.InputStep + (taps > 0 ? phase.Taps[0].Input : 0), end = first + (columns - 1) * phase.InputStep + padded;
            var tile = new Tile(
                lines, count, first, Math.Min(columns, phase.Count), plan.InputWidth, weightStep, (nint)phase.OutputStep * channels, blocks, operands,
                y + (phase.First + (long)column * phase.OutputStep) * channels);
            bool isBorder = first < 0 || end > plan.InputWidth;
            if (columns == Wide) Blocks<Eight>(tile, phase.InputStep, isBorder);
            else Blocks<Four>(tile, phase.InputStep, isBorder);
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
        int start = tile.Blocks.Start(block), slot = block * TMath.Width;
        nint step = tile.WeightStep, channels = tile.Blocks.Channels;
        int width = tile.InputWidth;
        for (int i = 0; i < tile.Count; i++)
        {
            ref Line line = ref tile.Lines[i];
            float* w = line.W + slot;
            TVector w0 = TMath.Load(w);
            TVector w1 = line.Taps > 1 ? TMath.Load(w + step) : zero;
            TVector w2 = line.Taps > 2 ? TMath.Load(w + 2 * step) : zero;
            TVector w3 = TKernel.Value > 3 && line.Taps > 3 ? TMath.Load(w + 3 * step) : zero;
            TVector w4 = TKernel.Value > 4 ? TMath.Load(w + 4 * step) : zero;
            int c = tile.First + line.Offset;
            float* x = line.X + start + c * channels;

            TVector v = Read<TBorder>(ref x, channels, width, c);
            a0 = TMath.MultiplyAdd(v, w0, a0);
            v = Read<TBorder>(ref x, channels, width, c + 1);
            a0 = TMath.MultiplyAdd(v, w1, a0);
            a1 = TMath.MultiplyAdd(v, w0, a1);
            v = Read<TBorder>(ref x, channels, width, c + 2);
            a0 = TMath.MultiplyAdd(v, w2, a0);
            a1 = TMath.MultiplyAdd(v, w1, a1);
            a2 = TMath.MultiplyAdd(v, w0, a2);
            v = Read<TBorder>(ref x, channels, width, c + 3);
            if (TKernel.Value > 3) a0 = TMath.MultiplyAdd(v, w3, a0);
            a1 = TMath.MultiplyAdd(v, w2, a1);
            a2 = TMath.MultiplyAdd(v, w1, a2);
            a3 = TMath.MultiplyAdd(v, w0, a3);
            v = Read<TBorder>(ref x, channels, width, c + 4);
            if (TKernel.Value > 4) a0 = TMath.MultiplyAdd(v, w4, a0);
            if (TKernel.Value > 3) a1 = TMath.MultiplyAdd(v, w3, a1);
            a2 = TMath.MultiplyAdd(v, w2, a2);
            a3 = TMath.MultiplyAdd(v, w1, a3);
            if (TColumns.Value > 4) a4 = TMath.MultiplyAdd(v, w0, a4);
            v = Read<TBorder>(ref x, channels, width, c + 5);
            if (TKernel.Value > 4) a1 = TMath.MultiplyAdd(v, w4, a1);
            if (TKernel.Value > 3) a2 = TMath.MultiplyAdd(v, w3, a2);
            a3 = TMath.MultiplyAdd(v, w2, a3);
            if (TColumns.Value > 4) a4 = TMath.MultiplyAdd(v, w1, a4);
            if (TColumns.Value > 4) a5 = TMath.MultiplyAdd(v, w0, a5);
            if (TColumns.Value > 4 || TKernel.Value > 3) v = Read<TBorder>(ref x, channels, width, c + 6);
            if (TKernel.Value > 4) a2 = TMath.MultiplyAdd(v, w4, a2);
            if (TKernel.Value > 3) a3 = TMath.MultiplyAdd(v, w3, a3);
            if (TColumns.Value > 4) a4 = TMath.MultiplyAdd(v, w2, a4);
            if (TColumns.Value > 4) a5 = TMath.MultiplyAdd(v, w1, a5);
            if (TColumns.Value > 4) a6 = TMath.MultiplyAdd(v, w0, a6);
            if (TColumns.Value > 4 || TKernel.Value > 4) v = Read<TBorder>(ref x, channels, width, c + 7);
            if (TKernel.Value > 4) a3 = TMath.MultiplyAdd(v, w4, a3);
            if (TColumns.Value > 4)
            {
                if (TKernel.Value > 3) a4 = TMath.MultiplyAdd(v, w3, a4);
                a5 = TMath.MultiplyAdd(v, w2, a5);
                a6 = TMath.MultiplyAdd(v, w1, a6);
                a7 = TMath.MultiplyAdd(v, w0, a7);
                v = Read<TBorder>(ref x, channels, width, c + 8);
                if (TKernel.Value > 4) a4 = TMath.MultiplyAdd(v, w4, a4);
                if (TKernel.Value > 3) a5 = TMath.MultiplyAdd(v, w3, a5);
                a6 = TMath.MultiplyAdd(v, w2, a6);
                a7 = TMath.MultiplyAdd(v, w1, a7);
                v = Read<TBorder>(ref x, channels, width, c + 9);
                if (TKernel.Value > 4) a5 = TMath.MultiplyAdd(v, w4, a5);
                if (TKernel.Value > 3) a6 = TMath.MultiplyAdd(v, w3, a6);
                a7 = TMath.MultiplyAdd(v, w2, a7);
                if (TKernel.Value > 3) v = Read<TBorder>(ref x, channels, width, c + 10);
                if (TKernel.Value > 4) a6 = TMath.MultiplyAdd(v, w4, a6);
                if (TKernel.Value > 3) a7 = TMath.MultiplyAdd(v, w3, a7);
                if (TKernel.Value > 4) v = Read<TBorder>(ref x, channels, width, c + 11);
                if (TKernel.Value > 4) a7 = TMath.MultiplyAdd(v, w4, a7);
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
        int start = tile.Blocks.Start(block), slot = block * TMath.Width;
        nint step = tile.WeightStep, channels = tile.Blocks.Channels;
        int width = tile.InputWidth;
        for (int i = 0; i < tile.Count; i++)
        {
            ref Line line = ref tile.Lines[i];
            float* w = line.W + slot;
            TVector w0 = TMath.Load(w);
            TVector w1 = line.Taps > 1 ? TMath.Load(w + step) : zero;
            TVector w2 = line.Taps > 2 ? TMath.Load(w + 2 * step) : zero;
            TVector w3 = TKernel.Value > 3 && line.Taps > 3 ? TMath.Load(w + 3 * step) : zero;
            TVector w4 = TKernel.Value > 4 ? TMath.Load(w + 4 * step) : zero;
            int c = tile.First + line.Offset;
            float* x = line.X + start + c * channels;

            TVector v = Read<TBorder>(ref x, channels, width, c);
            a0 = TMath.MultiplyAdd(v, w0, a0);
            v = Read<TBorder>(ref x, channels, width, c + 1);
            a0 = TMath.MultiplyAdd(v, w1, a0);
            v = Read<TBorder>(ref x, channels, width, c + 2);
            a0 = TMath.MultiplyAdd(v, w2, a0);
            a1 = TMath.MultiplyAdd(v, w0, a1);
            v = Read<TBorder>(ref x, channels, width, c + 3);
            if (TKernel.Value > 3) a0 = TMath.MultiplyAdd(v, w3, a0);
            a1 = TMath.MultiplyAdd(v, w1, a1);
            v = Read<TBorder>(ref x, channels, width, c + 4);
            if (TKernel.Value > 4) a0 = TMath.MultiplyAdd(v, w4, a0);
            a1 = TMath.MultiplyAdd(v, w2, a1);
            a2 = TMath.MultiplyAdd(v, w0, a2);
            v = Read<TBorder>(ref x, channels, width, c + 5);
            if (TKernel.Value > 3) a1 = TMath.MultiplyAdd(v, w3, a1);
            a2 = TMath.MultiplyAdd(v, w1, a2);
            v = Read<TBorder>(ref x, channels, width, c + 6);
            if (TKernel.Value > 4) a1 = TMath.MultiplyAdd(v, w4, a1);
            a2 = TMath.MultiplyAdd(v, w2, a2);
            a3 = TMath.MultiplyAdd(v, w0, a3);
            v = Read<TBorder>(ref x, channels, width, c + 7);
            if (TKernel.Value > 3) a2 = TMath.MultiplyAdd(v, w3, a2);
            a3 = TMath.MultiplyAdd(v, w1, a3);
            v = Read<TBorder>(ref x, channels, width, c + 8);
            if (TKernel.Value > 4) a2 = TMath.MultiplyAdd(v, w4, a2);
            a3 = TMath.MultiplyAdd(v, w2, a3);
            if (TColumns.Value > 4) a4 = TMath.MultiplyAdd(v, w0, a4);
            if (TColumns.Value > 4 || TKernel.Value > 3) v = Read<TBorder>(ref x, channels, width, c + 9);
            if (TKernel.Value > 3) a3 = TMath.MultiplyAdd(v, w3, a3);
            if (TColumns.Value > 4) a4 = TMath.MultiplyAdd(v, w1, a4);
            if (TColumns.Value > 4 || TKernel.Value > 4) v = Read<TBorder>(ref x, channels, width, c + 10);
            if (TKernel.Value > 4) a3 = TMath.MultiplyAdd(v, w4, a3);
            if (TColumns.Value > 4)
            {
                a4 = TMath.MultiplyAdd(v, w2, a4);
                a5 = TMath.MultiplyAdd(v, w0, a5);
                v = Read<TBorder>(ref x, channels, width, c + 11);
                if (TKernel.Value > 3) a4 = TMath.MultiplyAdd(v, w3, a4);
                a5 = TMath.MultiplyAdd(v, w1, a5);
                v = Read<TBorder>(ref x, channels, width, c + 12);
                if (TKernel.Value > 4) a4 = TMath.MultiplyAdd(v, w4, a4);
                a5 = TMath.MultiplyAdd(v, w2, a5);
                a6 = TMath.MultiplyAdd(v, w0, a6);
                v = Read<TBorder>(ref x, channels, width, c + 13);
                if (TKernel.Value > 3) a5 = TMath.MultiplyAdd(v, w3, a5);
                a6 = TMath.MultiplyAdd(v, w1, a6);
                v = Read<TBorder>(ref x, channels, width, c + 14);
                if (TKernel.Value > 4) a5 = TMath.MultiplyAdd(v, w4, a5);
                a6 = TMath.MultiplyAdd(v, w2, a6);
                a7 = TMath.MultiplyAdd(v, w0, a7);
                v = Read<TBorder>(ref x, channels, width, c + 15);
                if (TKernel.Value > 3) a6 = TMath.MultiplyAdd(v, w3, a6);
                a7 = TMath.MultiplyAdd(v, w1, a7);
                v = Read<TBorder>(ref x, channels, width, c + 16);
                if (TKernel.Value > 4) a6 = TMath.MultiplyAdd(v, w4, a6);
                a7 = TMath.MultiplyAdd(v, w2, a7);
                if (TKernel.Value > 3) v = Read<TBorder>(ref x, channels, width, c + 17);
                if (TKernel.Value > 3) a7 = TMath.MultiplyAdd(v, w3, a7);
                if (TKernel.Value > 4) v = Read<TBorder>(ref x, channels, width, c + 18);
                if (TKernel.Value > 4) a7 = TMath.MultiplyAdd(v, w4, a7);
            }
        }

        Finish<TColumns>(tile, slot, start, a0, a1, a2, a3, a4, a5, a6, a7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Read<TBorder>(ref float* x, nint channels, int width, int column)
        where TBorder : struct, ICount
    {
        float* at = x;
        x += channels;
        return TBorder.Value == 1 && (uint)column >= (uint)width ? TMath.Broadcast(0f) : TMath.Load(at);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<TColumns>(
        in Tile tile, int slot, int start, TVector a0, TVector a1, TVector a2, TVector a3, TVector a4, TVector a5, TVector a6, TVector a7)
        where TColumns : struct, ICount
    {
        float* y = tile.Y + start;
        nint step = tile.OutputStep;
        Store(tile, slot, y, a0);
        if (tile.Columns > 1) Store(tile, slot, y + step, a1);
        if (tile.Columns > 2) Store(tile, slot, y + 2 * step, a2);
        if (tile.Columns > 3) Store(tile, slot, y + 3 * step, a3);
        if (TColumns.Value == 4 || tile.Columns <= 4) return;
        Store(tile, slot, y + 4 * step, a4);
        if (tile.Columns > 5) Store(tile, slot, y + 5 * step, a5);
        if (tile.Columns > 6) Store(tile, slot, y + 6 * step, a6);
        if (tile.Columns > 7) Store(tile, slot, y + 7 * step, a7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(in Tile tile, int slot, float* y, TVector sum)
    {
        if (typeof(TActivation) != typeof(NoEpilogue))
            sum = TActivation.Apply<TMath, TVector>(TMath.MultiplyAdd(sum, TMath.Load(tile.Scale + slot), TMath.Load(tile.Shift + slot)));
        TMath.Store(y, sum);
    }

    /// <summary>An input row under the kernel, and neighbouring kernel columns of it.</summary>
    private struct Line
    {
        internal float* X;
        internal float* W;

        /// <summary>Input columns between the first of the row's and the first of the line's.</summary>
        internal int Offset;

        /// <summary>Kernel columns; those that are missing weigh zero.</summary>
        internal int Taps;
    }

    /// <summary>Neighbouring outputs of a row, all channels.</summary>
    private readonly struct Tile(
        Line* lines, int count, int first, int columns, int inputWidth, nint weightStep, nint outputStep, ChannelBlocks blocks,
        in CorrelationOperands operands, float* y)
    {
        internal readonly Line* Lines = lines;
        internal readonly int Count = count;
        internal readonly int First = first;
        internal readonly int Columns = columns;
        internal readonly int InputWidth = inputWidth;
        internal readonly nint WeightStep = weightStep;
        internal readonly nint OutputStep = outputStep;
        internal readonly ChannelBlocks Blocks = blocks;
        internal readonly float* Scale = operands.Scale;
        internal readonly float* Shift = operands.Shift;
        internal readonly float* Y = y;
    }
}
