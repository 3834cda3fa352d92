using System.Runtime.CompilerServices;

namespace MoViNetNAS.Models.Kernels;

/// <summary>The gradient to depthwise weights: the sums of some taps stay in registers over the columns of a row.</summary>
internal static unsafe class WeightGradientKernel<TMath, TVector>
    where TMath : struct, IVectorMath<TVector>
    where TVector : struct
{
    // The widest group of taps may be filled up with copies of its last tap, which are added to a slot that nobody reads.
    private const int LargestGroup = 9;

    /// <summary>Adds the row groups [first, end) of the forward plan to <paramref name="gradient"/>.</summary>
    /// <param name="plan">The forward plan.</param>
    /// <param name="operands">Its input and stream buffer; Output is the gradient to the output.</param>
    /// <param name="first">First part of the plan.</param>
    /// <param name="end">One past the last part.</param>
    /// <param name="gradient">[taps + 1, blocks * width].</param>
    internal static void Run(CorrelationPlan plan, in CorrelationOperands operands, int first, int end, float* gradient)
    {
        DepthwiseGeometry g = plan.Geometry;
        var blocks = new ChannelBlocks(g.Channels, TMath.Width);
        byte** x = stackalloc byte*[g.Taps + LargestGroup];
        byte** w = stackalloc byte*[g.Taps + LargestGroup];
        float* unread = gradient + (long)g.Taps * blocks.Padded;
        CorrelationOperands sums = new() { Input = operands.Input, Buffer = operands.Buffer, Weight = gradient };
        var table = new TapTable(plan, sums, blocks.Padded);
        ColumnPhase phase = plan.Phases[0];
        for (int part = first; part < end; part++)
        {
            int clip = part / plan.RowGroups;
            int firstRow = part % plan.RowGroups * plan.RowsPerGroup;
            int endRow = Math.Min(firstRow + plan.RowsPerGroup, plan.OutputHeight);
            for (int frame = 0; frame < g.Frames; frame++)
            {
                for (int row = firstRow; row < endRow; row++)
                {
                    float* dy = operands.Output + (((long)clip * g.Frames + frame) * plan.OutputHeight + row) * plan.OutputWidth * g.Channels;
                    int columns = phase.InteriorEnd - phase.InteriorStart;
                    if (columns > 0)
                    {
                        int taps = table.Fill(x, w, clip, frame, row, phase, phase.InteriorStart);
                        for (int i = taps; i < taps + LargestGroup && taps > 0; i++)
                        {
                            x[i] = x[taps - 1];
                            w[i] = (byte*)unread;
                        }

                        Interior(x, w, taps, dy + (long)phase.InteriorStart * g.Channels, phase.InputStep, columns, blocks);
                    }

                    for (int column = 0; column < phase.Count; column++)
                    {
                        if (column == phase.InteriorStart) column = phase.InteriorEnd;
                        if (column >= phase.Count) break;
                        int taps = table.Fill(x, w, clip, frame, row, phase, column);
                        OneColumn(x, w, taps, dy + (long)column * g.Channels, blocks);
                    }
                }
            }
        }
    }

    private static void Interior(byte** x, byte** w, int taps, float* dy, int inputStep, int columns, ChannelBlocks blocks)
    {
        nint dyStep = blocks.Channels;
        nint step = (nint)inputStep * blocks.Channels * sizeof(float);
        for (int block = 0; block < blocks.Count; block++)
        {
            int start = blocks.Start(block);
            nint xOffset = start * sizeof(float);
            nint wOffset = (nint)block * TMath.Width * sizeof(float);
            float* d = dy + start;
            int tap = 0;
            while (tap < taps)
            {
                int left = taps - tap;
                if (left >= 9)
                {
                    Taps9(x + tap, w + tap, d, dyStep, xOffset, step, columns, wOffset);
                    tap += 9;
                }
                else if (left == 7)
                {
                    Taps7(x + tap, w + tap, d, dyStep, xOffset, step, columns, wOffset);
                    tap += 7;
                }
                else if (left is 8 or 5 or 4)
                {
                    Taps5(x + tap, w + tap, d, dyStep, xOffset, step, columns, wOffset);
                    tap += 5;
                }
                else
                {
                    Taps3(x + tap, w + tap, d, dyStep, xOffset, step, columns, wOffset);
                    tap += 3;
                }
            }
        }
    }

    /// <summary>9 taps over the interior of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Taps9(byte** x, byte** gradient, float* dy, nint dyStep, nint xOffset, nint step, int columns, nint wOffset)
    {
        byte* x0 = x[0] + xOffset;
        byte* x1 = x[1] + xOffset;
        byte* x2 = x[2] + xOffset;
        byte* x3 = x[3] + xOffset;
        byte* x4 = x[4] + xOffset;
        byte* x5 = x[5] + xOffset;
        byte* x6 = x[6] + xOffset;
        byte* x7 = x[7] + xOffset;
        byte* x8 = x[8] + xOffset;
        TVector a0 = TMath.Broadcast(0f);
        TVector a1 = TMath.Broadcast(0f);
        TVector a2 = TMath.Broadcast(0f);
        TVector a3 = TMath.Broadcast(0f);
        TVector a4 = TMath.Broadcast(0f);
        TVector a5 = TMath.Broadcast(0f);
        TVector a6 = TMath.Broadcast(0f);
        TVector a7 = TMath.Broadcast(0f);
        TVector a8 = TMath.Broadcast(0f);
        nint end = columns * step;
        for (nint at = 0; at < end; at += step)
        {
            TVector d = TMath.Load(dy);
            dy += dyStep;
            a0 = TMath.MultiplyAdd(TMath.Load((float*)(x0 + at)), d, a0);
            a1 = TMath.MultiplyAdd(TMath.Load((float*)(x1 + at)), d, a1);
            a2 = TMath.MultiplyAdd(TMath.Load((float*)(x2 + at)), d, a2);
            a3 = TMath.MultiplyAdd(TMath.Load((float*)(x3 + at)), d, a3);
            a4 = TMath.MultiplyAdd(TMath.Load((float*)(x4 + at)), d, a4);
            a5 = TMath.MultiplyAdd(TMath.Load((float*)(x5 + at)), d, a5);
            a6 = TMath.MultiplyAdd(TMath.Load((float*)(x6 + at)), d, a6);
            a7 = TMath.MultiplyAdd(TMath.Load((float*)(x7 + at)), d, a7);
            a8 = TMath.MultiplyAdd(TMath.Load((float*)(x8 + at)), d, a8);
        }

        Accumulate(gradient[0] + wOffset, a0);
        Accumulate(gradient[1] + wOffset, a1);
        Accumulate(gradient[2] + wOffset, a2);
        Accumulate(gradient[3] + wOffset, a3);
        Accumulate(gradient[4] + wOffset, a4);
        Accumulate(gradient[5] + wOffset, a5);
        Accumulate(gradient[6] + wOffset, a6);
        Accumulate(gradient[7] + wOffset, a7);
        Accumulate(gradient[8] + wOffset, a8);
    }

    /// <summary>7 taps over the interior of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Taps7(byte** x, byte** gradient, float* dy, nint dyStep, nint xOffset, nint step, int columns, nint wOffset)
    {
        byte* x0 = x[0] + xOffset;
        byte* x1 = x[1] + xOffset;
        byte* x2 = x[2] + xOffset;
        byte* x3 = x[3] + xOffset;
        byte* x4 = x[4] + xOffset;
        byte* x5 = x[5] + xOffset;
        byte* x6 = x[6] + xOffset;
        TVector a0 = TMath.Broadcast(0f);
        TVector a1 = TMath.Broadcast(0f);
        TVector a2 = TMath.Broadcast(0f);
        TVector a3 = TMath.Broadcast(0f);
        TVector a4 = TMath.Broadcast(0f);
        TVector a5 = TMath.Broadcast(0f);
        TVector a6 = TMath.Broadcast(0f);
        nint end = columns * step;
        for (nint at = 0; at < end; at += step)
        {
            TVector d = TMath.Load(dy);
            dy += dyStep;
            a0 = TMath.MultiplyAdd(TMath.Load((float*)(x0 + at)), d, a0);
            a1 = TMath.MultiplyAdd(TMath.Load((float*)(x1 + at)), d, a1);
            a2 = TMath.MultiplyAdd(TMath.Load((float*)(x2 + at)), d, a2);
            a3 = TMath.MultiplyAdd(TMath.Load((float*)(x3 + at)), d, a3);
            a4 = TMath.MultiplyAdd(TMath.Load((float*)(x4 + at)), d, a4);
            a5 = TMath.MultiplyAdd(TMath.Load((float*)(x5 + at)), d, a5);
            a6 = TMath.MultiplyAdd(TMath.Load((float*)(x6 + at)), d, a6);
        }

        Accumulate(gradient[0] + wOffset, a0);
        Accumulate(gradient[1] + wOffset, a1);
        Accumulate(gradient[2] + wOffset, a2);
        Accumulate(gradient[3] + wOffset, a3);
        Accumulate(gradient[4] + wOffset, a4);
        Accumulate(gradient[5] + wOffset, a5);
        Accumulate(gradient[6] + wOffset, a6);
    }

    /// <summary>5 taps over the interior of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Taps5(byte** x, byte** gradient, float* dy, nint dyStep, nint xOffset, nint step, int columns, nint wOffset)
    {
        byte* x0 = x[0] + xOffset;
        byte* x1 = x[1] + xOffset;
        byte* x2 = x[2] + xOffset;
        byte* x3 = x[3] + xOffset;
        byte* x4 = x[4] + xOffset;
        TVector a0 = TMath.Broadcast(0f);
        TVector a1 = TMath.Broadcast(0f);
        TVector a2 = TMath.Broadcast(0f);
        TVector a3 = TMath.Broadcast(0f);
        TVector a4 = TMath.Broadcast(0f);
        nint end = columns * step;
        for (nint at = 0; at < end; at += step)
        {
            TVector d = TMath.Load(dy);
            dy += dyStep;
            a0 = TMath.MultiplyAdd(TMath.Load((float*)(x0 + at)), d, a0);
            a1 = TMath.MultiplyAdd(TMath.Load((float*)(x1 + at)), d, a1);
            a2 = TMath.MultiplyAdd(TMath.Load((float*)(x2 + at)), d, a2);
            a3 = TMath.MultiplyAdd(TMath.Load((float*)(x3 + at)), d, a3);
            a4 = TMath.MultiplyAdd(TMath.Load((float*)(x4 + at)), d, a4);
        }

        Accumulate(gradient[0] + wOffset, a0);
        Accumulate(gradient[1] + wOffset, a1);
        Accumulate(gradient[2] + wOffset, a2);
        Accumulate(gradient[3] + wOffset, a3);
        Accumulate(gradient[4] + wOffset, a4);
    }

    /// <summary>3 taps over the interior of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Taps3(byte** x, byte** gradient, float* dy, nint dyStep, nint xOffset, nint step, int columns, nint wOffset)
    {
        byte* x0 = x[0] + xOffset;
        byte* x1 = x[1] + xOffset;
        byte* x2 = x[2] + xOffset;
        TVector a0 = TMath.Broadcast(0f);
        TVector a1 = TMath.Broadcast(0f);
        TVector a2 = TMath.Broadcast(0f);
        nint end = columns * step;
        for (nint at = 0; at < end; at += step)
        {
            TVector d = TMath.Load(dy);
            dy += dyStep;
            a0 = TMath.MultiplyAdd(TMath.Load((float*)(x0 + at)), d, a0);
            a1 = TMath.MultiplyAdd(TMath.Load((float*)(x1 + at)), d, a1);
            a2 = TMath.MultiplyAdd(TMath.Load((float*)(x2 + at)), d, a2);
        }

        Accumulate(gradient[0] + wOffset, a0);
        Accumulate(gradient[1] + wOffset, a1);
        Accumulate(gradient[2] + wOffset, a2);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneColumn(byte** x, byte** w, int taps, float* dy, ChannelBlocks blocks)
    {
        for (int block = 0; block < blocks.Count; block++)
        {
            int start = blocks.Start(block);
            nint wOffset = (nint)block * TMath.Width * sizeof(float);
            TVector d = TMath.Load(dy + start);
            for (int tap = 0; tap < taps; tap++)
            {
                float* sum = (float*)(w[tap] + wOffset);
                TMath.Store(sum, TMath.MultiplyAdd(TMath.Load((float*)x[tap] + start), d, TMath.Load(sum)));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(byte* sum, TVector addend) =>
        TMath.Store((float*)sum, TMath.Add(TMath.Load((float*)sum), addend));
}
