namespace MoViNetNAS.Models.Kernels;

/// <summary>Depthwise weights reordered for the kernels, from [C, taps] to [taps, blocks * width], and gradients back.</summary>
internal static unsafe class DepthwiseWeights
{
    internal static ScratchMemory Pack(float* weight, int taps, ChannelBlocks blocks)
    {
        var packed = new ScratchMemory((long)taps * blocks.Padded);
        for (int block = 0; block < blocks.Count; block++)
        {
            for (int lane = 0; lane < blocks.Width; lane++)
            {
                float* source = weight + (long)(blocks.Start(block) + lane) * taps;
                float* target = packed.Pointer + block * blocks.Width + lane;
                for (int tap = 0; tap < taps; tap++) target[(long)tap * blocks.Padded] = source[tap];
            }
        }

        return packed;
    }

    /// <summary>Adds the partial sums in the order of the parts and writes them as [C, taps].</summary>
    internal static void Unpack(float* partial, int parts, long partLength, int taps, ChannelBlocks blocks, float* gradient)
    {
        long length = (long)taps * blocks.Padded;
        for (int part = 1; part < parts; part++)
        {
            float* addend = partial + part * partLength;
            for (long i = 0; i < length; i++) partial[i] += addend[i];
        }

        for (int channel = 0; channel < blocks.Channels; channel++)
        {
            float* source = partial + blocks.SlotOf(channel);
            float* target = gradient + (long)channel * taps;
            for (int tap = 0; tap < taps; tap++) target[tap] = source[(long)tap * blocks.Padded];
        }
    }

    /// <summary>Per-channel values in the order of the blocks.</summary>
    internal static ScratchMemory PackChannels(ReadOnlySpan<float> values, ChannelBlocks blocks)
    {
        var packed = new ScratchMemory(blocks.Padded);
        for (int block = 0; block < blocks.Count; block++)
        {
            for (int lane = 0; lane < blocks.Width; lane++)
            {
                packed.Pointer[block * blocks.Width + lane] = values[blocks.Start(block) + lane];
            }
        }

        return packed;
    }
}
