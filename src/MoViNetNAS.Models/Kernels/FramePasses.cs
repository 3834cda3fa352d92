using System.Runtime.CompilerServices;

namespace MoViNetNAS.Models.Kernels;

/// <summary>See <see cref="IFramePasses"/>.</summary>
internal sealed unsafe class FramePasses<TMath, TVector> : IFramePasses
    where TMath : struct, IVectorMath<TVector>
    where TVector : struct
{
    // Sums of so many positions are added up by themselves first: rounding errors of a long sum grow with its length.
    private const int ChunkPositions = 32;

    /// <summary>The mean over all positions, for some blocks of channels.</summary>
    /// <param name="x">[positions, C].</param>
    /// <param name="mean">[C].</param>
    /// <param name="positions">At least 1.</param>
    /// <param name="blocks">The channels.</param>
    /// <param name="firstBlock">First block.</param>
    /// <param name="endBlock">One past the last block.</param>
    public void Mean(float* x, float* mean, int positions, ChannelBlocks blocks, int firstBlock, int endBlock)
    {
        TVector share = TMath.Broadcast(1f / positions);
        int block = firstBlock;
        for (; block + 4 <= Math.Min(endBlock, blocks.Regular); block += 4) Mean4(x, mean, share, positions, blocks.Channels, blocks.Start(block));
        for (; block < endBlock; block++) Mean1(x, mean, share, positions, blocks.Channels, blocks.Start(block));
    }

    /// <summary>Writes a share of each channel's value to every position: the gradient of <see cref="Mean"/>.</summary>
    /// <param name="values">[C].</param>
    /// <param name="y">[positions, C].</param>
    /// <param name="positions">At least 1.</param>
    /// <param name="blocks">The channels.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Spread(float* values, float* y, int positions, ChannelBlocks blocks)
    {
        TVector share = TMath.Broadcast(1f / positions);
        for (int block = 0; block < blocks.Count; block++)
        {
            TVector value = TMath.Multiply(TMath.Load(values + blocks.Start(block)), share);
            float* target = y + blocks.Start(block);
            for (int position = 0; position < positions; position++, target += blocks.Channels) TMath.Store(target, value);
        }
    }

    /// <summary>Multiplies each channel of the positions [first, end) by its factor, in place.</summary>
    /// <param name="x">[positions, C].</param>
    /// <param name="factors">[C].</param>
    /// <param name="first">First position.</param>
    /// <param name="end">One past the last position.</param>
    /// <param name="blocks">The channels.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Scale(float* x, float* factors, int first, int end, ChannelBlocks blocks)
    {
        int width = TMath.Width, last = blocks.Channels - width, regular = (blocks.Count - 1) * width;
        for (int position = first; position < end; position++)
        {
            float* row = x + (long)position * blocks.Channels;
            TVector lastInput = TMath.Load(row + last); // before the block that it overlaps is written
            for (int start = 0; start < regular; start += width)
            {
                TMath.Store(row + start, TMath.Multiply(TMath.Load(row + start), TMath.Load(factors + start)));
            }

            TMath.Store(row + last, TMath.Multiply(lastInput, TMath.Load(factors + last)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Mean4(float* x, float* mean, TVector share, int positions, nint channels, int start)
    {
        int width = TMath.Width;
        float* source = x + start;
        TVector zero = TMath.Broadcast(0f), s0 = zero, s1 = zero, s2 = zero, s3 = zero;
        for (int from = 0; from < positions; from += ChunkPositions)
        {
            TVector c0 = zero, c1 = zero, c2 = zero, c3 = zero;
            for (int left = Math.Min(ChunkPositions, positions - from); left > 0; left--, source += channels)
            {
                c0 = TMath.Add(c0, TMath.Load(source));
                c1 = TMath.Add(c1, TMath.Load(source + width));
                c2 = TMath.Add(c2, TMath.Load(source + 2 * width));
                c3 = TMath.Add(c3, TMath.Load(source + 3 * width));
            }

            s0 = TMath.Add(s0, c0);
            s1 = TMath.Add(s1, c1);
            s2 = TMath.Add(s2, c2);
            s3 = TMath.Add(s3, c3);
        }

        mean += start;
        TMath.Store(mean, TMath.Multiply(s0, share));
        TMath.Store(mean + width, TMath.Multiply(s1, share));
        TMath.Store(mean + 2 * width, TMath.Multiply(s2, share));
        TMath.Store(mean + 3 * width, TMath.Multiply(s3, share));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Mean1(float* x, float* mean, TVector share, int positions, nint channels, int start)
    {
        float* source = x + start;
        TVector sum = TMath.Broadcast(0f);
        for (int from = 0; from < positions; from += ChunkPositions)
        {
            TVector chunk = TMath.Broadcast(0f);
            for (int left = Math.Min(ChunkPositions, positions - from); left > 0; left--, source += channels)
            {
                chunk = TMath.Add(chunk, TMath.Load(source));
            }

            sum = TMath.Add(sum, chunk);
        }

        TMath.Store(mean + start, TMath.Multiply(sum, share));
    }
}
