using System.Runtime.CompilerServices;

namespace MoViNetNAS.Models.Kernels;

/// <summary>G = dY^T X, the gradient to the weights of a matrix product: a tile of G stays in registers while rows pass by.</summary>
/// <remarks>Loops, outside in: groups of rows (their X and dY stay in the second-level cache), tiles of eight output channels, panels
/// of up to three vectors of input channels, rows. One row reads up to three vectors of X and spreads eight numbers of dY. Between
/// groups a tile waits in memory. Every element adds its products in the order of the rows.</remarks>
internal static unsafe class MatrixGradientKernel<TMath, TVector>
    where TMath : struct, IVectorMath<TVector>
    where TVector : struct
{
    private const int RowsPerGroup = 256;

    /// <summary>Adds the products of rows [first, end) to <paramref name="gradient"/>.</summary>
    /// <param name="x">[rows, K].</param>
    /// <param name="dy">[rows, N].</param>
    /// <param name="first">First row.</param>
    /// <param name="end">One past the last row.</param>
    /// <param name="blocks">K cut into vectors.</param>
    /// <param name="outputs">N.</param>
    /// <param name="gradient">[N, blocks * width].</param>
    internal static void Run(float* x, float* dy, int first, int end, ChannelBlocks blocks, int outputs, float* gradient)
    {
        for (int row = first; row < end; row += RowsPerGroup)
        {
            var group = new Group(x + (nint)row * blocks.Channels, dy + (nint)row * outputs, Math.Min(RowsPerGroup, end - row), blocks, outputs, gradient);
            int output = 0;
            if (TMath.Width == 16)
            {
                for (; output + 8 <= outputs; output += 8) Panels<Eight>(group, output);
            }

            for (; output + 4 <= outputs; output += 4) Panels<Four>(group, output);
            for (; output + 2 <= outputs; output += 2) Panels<Two>(group, output);
            if (output < outputs) Panels<One>(group, output);
        }
    }

    private static void Panels<TOutputs>(in Group group, int output)
        where TOutputs : struct, ICount
    {
        int block = 0, blocks = group.Blocks.Count;
        for (; block + 3 <= blocks; block += 3) Multiply<TOutputs, Three>(group, output, block);
        if (block + 2 <= blocks)
        {
            Multiply<TOutputs, Two>(group, output, block);
            block += 2;
        }

        if (block < blocks) Multiply<TOutputs, One>(group, output, block);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<TOutputs, TVectors>(in Group group, int output, int block)
        where TOutputs : struct, ICount
        where TVectors : struct, ICount
    {
        nint stride = group.Blocks.Padded;
        float* g = group.Gradient + output * stride + block * TMath.Width;
        TVector a0 = TMath.Load(g), b0 = a0, c0 = a0;
        if (TVectors.Value > 1) b0 = TMath.Load(g + TMath.Width);
        if (TVectors.Value > 2) c0 = TMath.Load(g + 2 * TMath.Width);
        TVector a1 = a0, b1 = a0, c1 = a0, a2 = a0, b2 = a0, c2 = a0, a3 = a0, b3 = a0, c3 = a0;
        TVector a4 = a0, b4 = a0, c4 = a0, a5 = a0, b5 = a0, c5 = a0, a6 = a0, b6 = a0, c6 = a0, a7 = a0, b7 = a0, c7 = a0;
        if (TOutputs.Value > 1) Load<TVectors>(g + stride, ref a1, ref b1, ref c1);
        if (TOutputs.Value > 2)
        {
            Load<TVectors>(g + 2 * stride, ref a2, ref b2, ref c2);
            Load<TVectors>(g + 3 * stride, ref a3, ref b3, ref c3);
        }

        if (TOutputs.Value > 4)
        {
            Load<TVectors>(g + 4 * stride, ref a4, ref b4, ref c4);
            Load<TVectors>(g + 5 * stride, ref a5, ref b5, ref c5);
            Load<TVectors>(g + 6 * stride, ref a6, ref b6, ref c6);
            Load<TVectors>(g + 7 * stride, ref a7, ref b7, ref c7);
        }

        nint inputs = group.Blocks.Channels, outputs = group.Outputs;
        float* x0 = group.X + group.Blocks.Start(block);
        nint second = TVectors.Value > 1 ? group.Blocks.Start(block + 1) - group.Blocks.Start(block) : 0;
        nint third = TVectors.Value > 2 ? group.Blocks.Start(block + 2) - group.Blocks.Start(block) : 0;
        float* d = group.Dy + output;
        for (int row = 0; row < group.Rows; row++)
        {
            TVector u = TMath.Load(x0);
            TVector v = TVectors.Value > 1 ? TMath.Load(x0 + second) : u;
            TVector z = TVectors.Value > 2 ? TMath.Load(x0 + third) : u;
            AddProducts<TVectors>(*d, u, v, z, ref a0, ref b0, ref c0);
            if (TOutputs.Value > 1) AddProducts<TVectors>(d[1], u, v, z, ref a1, ref b1, ref c1);
            if (TOutputs.Value > 2)
            {
                AddProducts<TVectors>(d[2], u, v, z, ref a2, ref b2, ref c2);
                AddProducts<TVectors>(d[3], u, v, z, ref a3, ref b3, ref c3);
            }

            if (TOutputs.Value > 4)
            {
                AddProducts<TVectors>(d[4], u, v, z, ref a4, ref b4, ref c4);
                AddProducts<TVectors>(d[5], u, v, z, ref a5, ref b5, ref c5);
                AddProducts<TVectors>(d[6], u, v, z, ref a6, ref b6, ref c6);
                AddProducts<TVectors>(d[7], u, v, z, ref a7, ref b7, ref c7);
            }

            x0 += inputs;
            d += outputs;
        }

        Store<TVectors>(g, a0, b0, c0);
        if (TOutputs.Value > 1) Store<TVectors>(g + stride, a1, b1, c1);
        if (TOutputs.Value > 2)
        {
            Store<TVectors>(g + 2 * stride, a2, b2, c2);
            Store<TVectors>(g + 3 * stride, a3, b3, c3);
        }

        if (TOutputs.Value > 4)
        {
            Store<TVectors>(g + 4 * stride, a4, b4, c4);
            Store<TVectors>(g + 5 * stride, a5, b5, c5);
            Store<TVectors>(g + 6 * stride, a6, b6, c6);
            Store<TVectors>(g + 7 * stride, a7, b7, c7);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddProducts<TVectors>(
        float dy, TVector u, TVector v, TVector z, ref TVector a, ref TVector b, ref TVector c)
        where TVectors : struct, ICount
    {
        TVector value = TMath.Broadcast(dy);
        a = TMath.MultiplyAdd(value, u, a);
        if (TVectors.Value > 1) b = TMath.MultiplyAdd(value, v, b);
        if (TVectors.Value > 2) c = TMath.MultiplyAdd(value, z, c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load<TVectors>(float* g, ref TVector a, ref TVector b, ref TVector c)
        where TVectors : struct, ICount
    {
        a = TMath.Load(g);
        if (TVectors.Value > 1) b = TMath.Load(g + TMath.Width);
        if (TVectors.Value > 2) c = TMath.Load(g + 2 * TMath.Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TVectors>(float* g, TVector a, TVector b, TVector c)
        where TVectors : struct, ICount
    {
        TMath.Store(g, a);
        if (TVectors.Value > 1) TMath.Store(g + TMath.Width, b);
        if (TVectors.Value > 2) TMath.Store(g + 2 * TMath.Width, c);
    }

    /// <summary>The rows that a tile passes over.</summary>
    private readonly struct Group(float* x, float* dy, int rows, ChannelBlocks blocks, int outputs, float* gradient)
    {
        internal readonly float* X = x;
        internal readonly float* Dy = dy;
        internal readonly int Rows = rows;
        internal readonly ChannelBlocks Blocks = blocks;
        internal readonly int Outputs = outputs;
        internal readonly float* Gradient = gradient;
    }
}
