using System.Runtime.CompilerServices;

namespace MoViNetNAS.Models.Kernels;

/// <summary>The four passes of a training batch norm with activation over a [positions, C] matrix.</summary>
/// <remarks>Sums are kept in float over at most <see cref="LongestFloatSum"/> positions and in double beyond, always in the
/// order of positions.</remarks>
internal static unsafe class BatchNormKernel<TMath, TVector, TActivation>
    where TMath : struct, IVectorMath<TVector>
    where TVector : struct
    where TActivation : struct, IActivationFunction
{
    private const int LongestFloatSum = 256;
    private const int CachedPositions = 32; // all channels of so many positions stay in the first or second cache

    /// <summary>Sums x - first and its square, where first is the value at <paramref name="shift"/>.</summary>
    /// <param name="x">[positions, C].</param>
    /// <param name="shift">[C]: a value of the channel, against cancellation when the mean is far from zero.</param>
    /// <param name="first">First position.</param>
    /// <param name="end">One past the last position.</param>
    /// <param name="blocks">The channels.</param>
    /// <param name="sums">[2, blocks * width], overwritten: sum, sum of squares.</param>
    internal static void Statistics(float* x, float* shift, long first, long end, ChannelBlocks blocks, double* sums)
    {
        using var chunk = new ScratchMemory(2L * blocks.Padded);
        ClearDoubles(sums, blocks);
        for (long from = first; from < end; from += LongestFloatSum)
        {
            new Span<float>(chunk.Pointer, 2 * blocks.Padded).Clear();
            long to = Math.Min(from + LongestFloatSum, end);
            for (long at = from; at < to; at += CachedPositions)
            {
                StatisticsChunk(x + at * blocks.Channels, shift, (int)Math.Min(CachedPositions, to - at), blocks, chunk.Pointer);
            }

            AddToDoubles(chunk.Pointer, sums, blocks);
        }
    }

    /// <summary>y = f((x - mean) * scale + shift).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Normalise(float* x, float* y, NormParameters norm, long first, long end, ChannelBlocks blocks)
    {
        int width = TMath.Width, last = blocks.Channels - width;
        for (long position = first; position < end; position++)
        {
            float* source = x + position * blocks.Channels;
            float* target = y + position * blocks.Channels;
            for (int block = 0; block < blocks.Count; block++)
            {
                int slot = block * width;
                int start = Math.Min(slot, last);
                TMath.Store(
                    target + start,
                    TActivation.Apply<TMath, TVector>(PreActivation(TMath.Load(source + start), norm, slot, out _)));
            }
        }
    }

    /// <summary>Sums g and g * (x - mean), where g = dy f'(z).</summary>
    /// <param name="x">[positions, C].</param>
    /// <param name="dy">[positions, C].</param>
    /// <param name="norm">As in the forward pass.</param>
    /// <param name="first">First position.</param>
    /// <param name="end">One past the last position.</param>
    /// <param name="blocks">The channels.</param>
    /// <param name="sums">[2, blocks * width], overwritten.</param>
    internal static void GradientSums(
        float* x, float* dy, NormParameters norm, long first, long end, ChannelBlocks blocks, double* sums)
    {
        using var chunk = new ScratchMemory(2L * blocks.Padded);
        ClearDoubles(sums, blocks);
        for (long from = first; from < end; from += LongestFloatSum)
        {
            new Span<float>(chunk.Pointer, 2 * blocks.Padded).Clear();
            long to = Math.Min(from + LongestFloatSum, end);
            for (long at = from; at < to; at += CachedPositions)
            {
                long offset = at * blocks.Channels;
                GradientSumsChunk(x + offset, dy + offset, norm, (int)Math.Min(CachedPositions, to - at), blocks, chunk.Pointer);
            }

            AddToDoubles(chunk.Pointer, sums, blocks);
        }
    }

    /// <summary>dx = scale * g - offset - slope * (x - mean), where g = dy f'(z).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void InputGradient(
        float* x, float* dy, float* dx, NormParameters norm, float* offset, float* slope, long first, long end, ChannelBlocks blocks)
    {
        int width = TMath.Width, last = blocks.Channels - width;
        TVector zero = TMath.Broadcast(0f);
        for (long position = first; position < end; position++)
        {
            long at = position * blocks.Channels;
            for (int block = 0; block < blocks.Count; block++)
            {
                int slot = block * width;
                int start = Math.Min(slot, last);
                TVector z = PreActivation(TMath.Load(x + at + start), norm, slot, out TVector centred);
                TVector g = TMath.Multiply(TMath.Load(dy + at + start), TActivation.Derivative<TMath, TVector>(z));
                TVector correction = TMath.MultiplyAdd(TMath.Load(slope + slot), centred, TMath.Load(offset + slot));
                TMath.Store(
                    dx + at + start,
                    TMath.MultiplyAdd(TMath.Load(norm.Scale + slot), g, TMath.Subtract(zero, correction)));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StatisticsChunk(float* x, float* shift, int positions, ChannelBlocks blocks, float* chunk)
    {
        int width = TMath.Width;
        nint step = blocks.Channels;
        for (int block = 0; block < blocks.Count; block++)
        {
            float* sums = chunk + block * width;
            float* squares = sums + blocks.Padded;
            float* source = x + blocks.Start(block);
            TVector reference = TMath.Load(shift + blocks.Start(block));
            TVector sum = TMath.Load(sums), square = TMath.Load(squares);
            for (int position = 0; position < positions; position++)
            {
                TVector d = TMath.Subtract(TMath.Load(source), reference);
                source += step;
                sum = TMath.Add(sum, d);
                square = TMath.MultiplyAdd(d, d, square);
            }

            TMath.Store(sums, sum);
            TMath.Store(squares, square);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GradientSumsChunk(
        float* x, float* dy, NormParameters norm, int positions, ChannelBlocks blocks, float* chunk)
    {
        int width = TMath.Width;
        nint step = blocks.Channels;
        for (int block = 0; block < blocks.Count; block++)
        {
            int slot = block * width;
            float* sums = chunk + slot;
            float* products = sums + blocks.Padded;
            float* source = x + blocks.Start(block);
            float* gradient = dy + blocks.Start(block);
            TVector sum = TMath.Load(sums), product = TMath.Load(products);
            for (int position = 0; position < positions; position++)
            {
                TVector z = PreActivation(TMath.Load(source), norm, slot, out TVector centred);
                TVector g = TMath.Multiply(TMath.Load(gradient), TActivation.Derivative<TMath, TVector>(z));
                source += step;
                gradient += step;
                sum = TMath.Add(sum, g);
                product = TMath.MultiplyAdd(g, centred, product);
            }

            TMath.Store(sums, sum);
            TMath.Store(products, product);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector PreActivation(TVector x, NormParameters norm, int slot, out TVector centred)
    {
        centred = TMath.Subtract(x, TMath.Load(norm.Mean + slot));
        return TMath.MultiplyAdd(centred, TMath.Load(norm.Scale + slot), TMath.Load(norm.Shift + slot));
    }

    private static void ClearDoubles(double* sums, ChannelBlocks blocks) => new Span<double>(sums, 2 * blocks.Padded).Clear();

    private static void AddToDoubles(float* chunk, double* sums, ChannelBlocks blocks)
    {
        for (int i = 0; i < 2 * blocks.Padded; i++) sums[i] += chunk[i];
    }
}
