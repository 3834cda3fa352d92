using System.Runtime.CompilerServices;

namespace MoViNetNAS.Models.Kernels;

/// <summary>A depthwise correlation by registers: a tile of outputs stays in vectors while the taps are added in a fixed order.</summary>
/// <remarks>Inside a row, a tile is eight columns of one block of channels, so that each weight is loaded once for eight
/// multiply-adds. At the left and right border, where each column has its own taps, it is one column of four blocks.</remarks>
internal static unsafe class CorrelationKernel<TMath, TVector, TActivation>
    where TMath : struct, IVectorMath<TVector>
    where TVector : struct
    where TActivation : struct, IActivationFunction
{
    /// <summary>Computes the outputs of <paramref name="part"/>: some rows of one clip, all frames.</summary>
    internal static void Run(CorrelationPlan plan, in CorrelationOperands operands, int part)
    {
        DepthwiseGeometry g = plan.Geometry;
        var blocks = new ChannelBlocks(g.Channels, TMath.Width);
        byte** x = stackalloc byte*[g.Taps];
        byte** w = stackalloc byte*[g.Taps];
        int clip = part / plan.RowGroups;
        int firstRow = part % plan.RowGroups * plan.RowsPerGroup;
        int endRow = Math.Min(firstRow + plan.RowsPerGroup, plan.OutputHeight);
        var table = new TapTable(plan, operands, blocks.Padded);
        for (int frame = 0; frame < g.Frames; frame++)
        {
            for (int row = firstRow; row < endRow; row++)
            {
                float* y = operands.OutputFrame(plan, clip, frame) + (long)row * plan.OutputWidth * g.Channels;
                foreach (ColumnPhase phase in plan.Phases)
                {
                    if (phase.InteriorStart < phase.InteriorEnd)
                    {
                        int taps = table.Fill(x, w, clip, frame, row, phase, phase.InteriorStart);
                        var tile = new Tile(x, w, taps, operands);
                        Interior(tile, y, phase, blocks);
                    }

                    for (int column = 0; column < phase.Count; column++)
                    {
                        if (column == phase.InteriorStart) column = phase.InteriorEnd;
                        if (column >= phase.Count) break;
                        int taps = table.Fill(x, w, clip, frame, row, phase, column);
                        var tile = new Tile(x, w, taps, operands);
                        OneColumn(tile, y + (long)(phase.First + column * phase.OutputStep) * g.Channels, 0, blocks);
                    }
                }
            }
        }
    }

    private static void Interior(in Tile tile, float* y, ColumnPhase phase, ChannelBlocks blocks)
    {
        nint yStep = (nint)phase.OutputStep * blocks.Channels;
        nint step = (nint)phase.InputStep * blocks.Channels * sizeof(float);
        y += (long)(phase.First + phase.InteriorStart * phase.OutputStep) * blocks.Channels;
        int columns = phase.InteriorEnd - phase.InteriorStart;
        int column = 0;
        while (columns - column >= 4)
        {
            int left = columns - column;
            int width = left >= 8 ? 8 : 4;
            if (left is > 4 and < 8 && columns >= 8)
            {
                // The last tile overlaps the one before and computes some outputs twice, which is faster than narrow tiles.
                width = 8;
                column = columns - 8;
            }

            for (int block = 0; block < blocks.Count; block++)
            {
                int start = blocks.Start(block);
                nint xOffset = column * step + start * sizeof(float);
                nint wOffset = (nint)block * TMath.Width * sizeof(float);
                if (width == 8) Columns8(tile, y + column * yStep + start, yStep, xOffset, wOffset, step);
                else Columns4(tile, y + column * yStep + start, yStep, xOffset, wOffset, step);
            }

            column += width;
        }

        if (column < columns && columns >= 4)
        {
            column = columns - 4;
            for (int block = 0; block < blocks.Count; block++)
            {
                int start = blocks.Start(block);
                Columns4(
                    tile, y + column * yStep + start, yStep,
                    column * step + start * sizeof(float), (nint)block * TMath.Width * sizeof(float), step);
            }

            return;
        }

        for (; column < columns; column++) OneColumn(tile, y + column * yStep, column * step, blocks);
    }

    private static void OneColumn(in Tile tile, float* y, nint xOffset, ChannelBlocks blocks)
    {
        int block = 0;
        for (; block + 4 <= blocks.Regular; block += 4)
        {
            int start = block * TMath.Width;
            Blocks4(tile, y + start, xOffset + start * sizeof(float), (nint)start * sizeof(float));
        }

        for (; block < blocks.Count; block++)
        {
            int start = blocks.Start(block);
            Blocks1(tile, y + start, xOffset + start * sizeof(float), (nint)block * TMath.Width * sizeof(float));
        }
    }

    /// <summary>8 neighbouring outputs of one block of channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Columns8(in Tile tile, float* y, nint yStep, nint xOffset, nint wOffset, nint step)
    {
        byte** x = tile.X;
        byte** w = tile.W;
        nint step2 = 2 * step, step3 = 3 * step;
        TVector a0 = TMath.Broadcast(0f);
        TVector a1 = TMath.Broadcast(0f);
        TVector a2 = TMath.Broadcast(0f);
        TVector a3 = TMath.Broadcast(0f);
        TVector a4 = TMath.Broadcast(0f);
        TVector a5 = TMath.Broadcast(0f);
        TVector a6 = TMath.Broadcast(0f);
        TVector a7 = TMath.Broadcast(0f);
        for (int tap = 0; tap < tile.Taps; tap++)
        {
            TVector weight = TMath.Load((float*)(w[tap] + wOffset));
            byte* p = x[tap] + xOffset;
            byte* q = p + 2 * step2;
            a0 = TMath.MultiplyAdd(TMath.Load((float*)p), weight, a0);
            a1 = TMath.MultiplyAdd(TMath.Load((float*)(p + step)), weight, a1);
            a2 = TMath.MultiplyAdd(TMath.Load((float*)(p + step2)), weight, a2);
            a3 = TMath.MultiplyAdd(TMath.Load((float*)(p + step3)), weight, a3);
            a4 = TMath.MultiplyAdd(TMath.Load((float*)q), weight, a4);
            a5 = TMath.MultiplyAdd(TMath.Load((float*)(q + step)), weight, a5);
            a6 = TMath.MultiplyAdd(TMath.Load((float*)(q + step2)), weight, a6);
            a7 = TMath.MultiplyAdd(TMath.Load((float*)(q + step3)), weight, a7);
        }

        Finish(tile, y, a0, wOffset);
        Finish(tile, y + yStep, a1, wOffset);
        Finish(tile, y + 2 * yStep, a2, wOffset);
        Finish(tile, y + 3 * yStep, a3, wOffset);
        Finish(tile, y + 4 * yStep, a4, wOffset);
        Finish(tile, y + 5 * yStep, a5, wOffset);
        Finish(tile, y + 6 * yStep, a6, wOffset);
        Finish(tile, y + 7 * yStep, a7, wOffset);
    }

    /// <summary>4 neighbouring outputs of one block of channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Columns4(in Tile tile, float* y, nint yStep, nint xOffset, nint wOffset, nint step)
    {
        byte** x = tile.X;
        byte** w = tile.W;
        nint step2 = 2 * step, step3 = 3 * step;
        TVector a0 = TMath.Broadcast(0f);
        TVector a1 = TMath.Broadcast(0f);
        TVector a2 = TMath.Broadcast(0f);
        TVector a3 = TMath.Broadcast(0f);
        for (int tap = 0; tap < tile.Taps; tap++)
        {
            TVector weight = TMath.Load((float*)(w[tap] + wOffset));
            byte* p = x[tap] + xOffset;
            a0 = TMath.MultiplyAdd(TMath.Load((float*)p), weight, a0);
            a1 = TMath.MultiplyAdd(TMath.Load((float*)(p + step)), weight, a1);
            a2 = TMath.MultiplyAdd(TMath.Load((float*)(p + step2)), weight, a2);
            a3 = TMath.MultiplyAdd(TMath.Load((float*)(p + step3)), weight, a3);
        }

        Finish(tile, y, a0, wOffset);
        Finish(tile, y + yStep, a1, wOffset);
        Finish(tile, y + 2 * yStep, a2, wOffset);
        Finish(tile, y + 3 * yStep, a3, wOffset);
    }

    /// <summary>One output of four neighbouring blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Blocks4(in Tile tile, float* y, nint xOffset, nint wOffset)
    {
        byte** x = tile.X;
        byte** w = tile.W;
        int width = TMath.Width;
        TVector a0 = TMath.Broadcast(0f);
        TVector a1 = TMath.Broadcast(0f);
        TVector a2 = TMath.Broadcast(0f);
        TVector a3 = TMath.Broadcast(0f);
        for (int tap = 0; tap < tile.Taps; tap++)
        {
            float* p = (float*)(x[tap] + xOffset);
            float* q = (float*)(w[tap] + wOffset);
            a0 = TMath.MultiplyAdd(TMath.Load(p), TMath.Load(q), a0);
            a1 = TMath.MultiplyAdd(TMath.Load(p + width), TMath.Load(q + width), a1);
            a2 = TMath.MultiplyAdd(TMath.Load(p + 2 * width), TMath.Load(q + 2 * width), a2);
            a3 = TMath.MultiplyAdd(TMath.Load(p + 3 * width), TMath.Load(q + 3 * width), a3);
        }

        nint step = width * sizeof(float);
        Finish(tile, y, a0, wOffset);
        Finish(tile, y + width, a1, wOffset + step);
        Finish(tile, y + 2 * width, a2, wOffset + 2 * step);
        Finish(tile, y + 3 * width, a3, wOffset + 3 * step);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Blocks1(in Tile tile, float* y, nint xOffset, nint wOffset)
    {
        byte** x = tile.X;
        byte** w = tile.W;
        TVector a = TMath.Broadcast(0f);
        for (int tap = 0; tap < tile.Taps; tap++)
        {
            a = TMath.MultiplyAdd(TMath.Load((float*)(x[tap] + xOffset)), TMath.Load((float*)(w[tap] + wOffset)), a);
        }

        Finish(tile, y, a, wOffset);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(in Tile tile, float* y, TVector sum, nint wOffset)
    {
        if (typeof(TActivation) != typeof(NoEpilogue))
        {
            sum = TMath.MultiplyAdd(sum, TMath.Load((float*)((byte*)tile.Scale + wOffset)), TMath.Load((float*)((byte*)tile.Shift + wOffset)));
            sum = TActivation.Apply<TMath, TVector>(sum);
        }

        TMath.Store(y, sum);
    }

    /// <summary>The taps of a tile: where each reads its input and its weight.</summary>
    private readonly struct Tile(byte** x, byte** w, int taps, in CorrelationOperands operands)
    {
        internal readonly byte** X = x;
        internal readonly byte** W = w;
        internal readonly int Taps = taps;
        internal readonly float* Scale = operands.Scale;
        internal readonly float* Shift = operands.Shift;
    }
}
