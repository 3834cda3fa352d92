using System.Runtime.CompilerServices;

namespace MoViNetNAS.Models.Kernels;

/// <summary>Y = f(X W + bias) + residual by registers: a tile of Y stays in vectors while k runs, and is stored once.</summary>
/// <remarks>Loops, outside in: panels of up to three vectors of columns (a panel's weights lie in the order they are read, and stay in
/// the first-level cache for all rows), tiles of rows, k. One step of k reads up to three vectors of weights and spreads one number
/// of each row, for 24 multiply-adds of a full tile: more arithmetic than loads, and enough independent sums to hide the latency of
/// each. Every element adds its products in the order of k whatever the tile, so no cut of the work changes a bit.</remarks>
internal static unsafe class MatrixKernel<TMath, TVector, TActivation>
    where TMath : struct, IVectorMath<TVector>
    where TVector : struct
    where TActivation : struct, IActivationFunction
{
    /// <summary>Computes rows [firstRow, endRow) of the columns of panels [firstPanel, endPanel).</summary>
    internal static void Run(PackedMatrix matrix, in MatrixOperands operands, int firstRow, int endRow, int firstPanel, int endPanel)
    {
        for (int panel = firstPanel; panel < endPanel; panel++)
        {
            MatrixPanel place = matrix.Panels[panel];
            switch (place.Vectors)
            {
                case 3: Rows<Three>(new Tile(matrix, place, operands), firstRow, endRow); break;
                case 2: Rows<Two>(new Tile(matrix, place, operands), firstRow, endRow); break;
                default: Rows<One>(new Tile(matrix, place, operands), firstRow, endRow); break;
            }
        }
    }

    private static void Rows<TVectors>(in Tile tile, int row, int end)
        where TVectors : struct, ICount
    {
        // 24 sums need the 32 registers of AVX-512; with 16 registers a tile is four rows.
        if (TMath.Width == 16)
        {
            for (; row + 8 <= end; row += 8) Multiply<Eight, TVectors>(tile, row);
        }

        for (; row + 4 <= end; row += 4) Multiply<Four, TVectors>(tile, row);
        if (row + 2 <= end)
        {
            Multiply<Two, TVectors>(tile, row);
            row += 2;
        }

        if (row < end) Multiply<One, TVectors>(tile, row);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<TRows, TVectors>(in Tile tile, int row)
        where TRows : struct, ICount
        where TVectors : struct, ICount
    {
        float* w = tile.Weight;
        TVector a0 = TMath.Load(tile.Bias), a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
        TVector b0 = TVectors.Value > 1 ? TMath.Load(tile.Bias + TMath.Width) : a0, b1 = b0, b2 = b0, b3 = b0, b4 = b0, b5 = b0, b6 = b0, b7 = b0;
        TVector c0 = TVectors.Value > 2 ? TMath.Load(tile.Bias + 2 * TMath.Width) : a0, c1 = c0, c2 = c0, c3 = c0, c4 = c0, c5 = c0, c6 = c0, c7 = c0;
        nint step = tile.RowStride, step2 = 2 * step, step3 = 3 * step;
        float* x = tile.X + row * step;
        for (int segment = 0; segment < tile.Segments; segment++)
        {
            float* p = x + segment * tile.SegmentStride;
            float* q = p + 4 * step;
            for (float* end = p + tile.Depth; p < end; p++)
            {
                TVector u = TMath.Load(w);
                TVector v = TVectors.Value > 1 ? TMath.Load(w + TMath.Width) : u;
                TVector z = TVectors.Value > 2 ? TMath.Load(w + 2 * TMath.Width) : u;
                w += TVectors.Value * TMath.Width;
                TVector value = TMath.Broadcast(*p);
                a0 = TMath.MultiplyAdd(value, u, a0);
                if (TVectors.Value > 1) b0 = TMath.MultiplyAdd(value, v, b0);
                if (TVectors.Value > 2) c0 = TMath.MultiplyAdd(value, z, c0);
                if (TRows.Value > 1)
                {
                    value = TMath.Broadcast(p[step]);
                    a1 = TMath.MultiplyAdd(value, u, a1);
                    if (TVectors.Value > 1) b1 = TMath.MultiplyAdd(value, v, b1);
                    if (TVectors.Value > 2) c1 = TMath.MultiplyAdd(value, z, c1);
                }

                if (TRows.Value > 2)
                {
                    value = TMath.Broadcast(p[step2]);
                    a2 = TMath.MultiplyAdd(value, u, a2);
                    if (TVectors.Value > 1) b2 = TMath.MultiplyAdd(value, v, b2);
                    if (TVectors.Value > 2) c2 = TMath.MultiplyAdd(value, z, c2);
                    value = TMath.Broadcast(p[step3]);
                    a3 = TMath.MultiplyAdd(value, u, a3);
                    if (TVectors.Value > 1) b3 = TMath.MultiplyAdd(value, v, b3);
                    if (TVectors.Value > 2) c3 = TMath.MultiplyAdd(value, z, c3);
                }

                if (TRows.Value > 4)
                {
                    value = TMath.Broadcast(*q);
                    a4 = TMath.MultiplyAdd(value, u, a4);
                    if (TVectors.Value > 1) b4 = TMath.MultiplyAdd(value, v, b4);
                    if (TVectors.Value > 2) c4 = TMath.MultiplyAdd(value, z, c4);
                    value = TMath.Broadcast(q[step]);
                    a5 = TMath.MultiplyAdd(value, u, a5);
                    if (TVectors.Value > 1) b5 = TMath.MultiplyAdd(value, v, b5);
                    if (TVectors.Value > 2) c5 = TMath.MultiplyAdd(value, z, c5);
                    value = TMath.Broadcast(q[step2]);
                    a6 = TMath.MultiplyAdd(value, u, a6);
                    if (TVectors.Value > 1) b6 = TMath.MultiplyAdd(value, v, b6);
                    if (TVectors.Value > 2) c6 = TMath.MultiplyAdd(value, z, c6);
                    value = TMath.Broadcast(q[step3]);
                    a7 = TMath.MultiplyAdd(value, u, a7);
                    if (TVectors.Value > 1) b7 = TMath.MultiplyAdd(value, v, b7);
                    if (TVectors.Value > 2) c7 = TMath.MultiplyAdd(value, z, c7);
                    q++;
                }
            }
        }

        nint at = (nint)row * tile.Columns;
        Finish<TVectors>(tile, at, a0, b0, c0);
        if (TRows.Value > 1) Finish<TVectors>(tile, at += tile.Columns, a1, b1, c1);
        if (TRows.Value > 2)
        {
            Finish<TVectors>(tile, at += tile.Columns, a2, b2, c2);
            Finish<TVectors>(tile, at += tile.Columns, a3, b3, c3);
        }

        if (TRows.Value > 4)
        {
            Finish<TVectors>(tile, at += tile.Columns, a4, b4, c4);
            Finish<TVectors>(tile, at += tile.Columns, a5, b5, c5);
            Finish<TVectors>(tile, at += tile.Columns, a6, b6, c6);
            Finish<TVectors>(tile, at += tile.Columns, a7, b7, c7);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<TVectors>(in Tile tile, nint at, TVector a, TVector b, TVector c)
        where TVectors : struct, ICount
    {
        Store(tile, at + tile.Start0, a);
        if (TVectors.Value > 1) Store(tile, at + tile.Start1, b);
        if (TVectors.Value > 2) Store(tile, at + tile.Start2, c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(in Tile tile, nint at, TVector sum)
    {
        if (typeof(TActivation) == typeof(IdentityFunction))
        {
            if (tile.Residual != null) sum = TMath.Add(sum, TMath.Load(tile.Residual + at));
        }

        TMath.Store(tile.Y + at, TActivation.Apply<TMath, TVector>(sum));
    }

    /// <summary>What the tiles of a panel share.</summary>
    private readonly struct Tile(PackedMatrix matrix, MatrixPanel panel, in MatrixOperands operands)
    {
        internal readonly float* X = operands.X;
        internal readonly nint RowStride = operands.RowStride;
        internal readonly int Segments = operands.Segments;
        internal readonly nint SegmentStride = operands.SegmentStride;
        internal readonly int Depth = matrix.Depth / operands.Segments;
        internal readonly float* Weight = matrix.Weight + panel.Offset;
        internal readonly float* Bias = matrix.Bias + panel.FirstBlock * TMath.Width;
        internal readonly float* Residual = operands.Residual;
        internal readonly float* Y = operands.Y;
        internal readonly nint Columns = matrix.Columns;
        internal readonly nint Start0 = matrix.Blocks.Start(panel.FirstBlock);
        internal readonly nint Start1 = matrix.Blocks.Start(panel.FirstBlock + 1);
        internal readonly nint Start2 = matrix.Blocks.Start(panel.FirstBlock + 2);
    }
}
