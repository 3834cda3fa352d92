namespace MoViNetNAS.Models.Kernels;

/// <summary>The channels cut into vectors: block j starts at channel j * width, but the last one ends with the last channel.</summary>
/// <remarks>When the width does not divide the channels, the last two blocks overlap and compute some channels twice, with
/// the same result. So nothing may be accumulated into channel-indexed memory; accumulators are indexed by block
/// (<see cref="Padded"/> floats long) and each channel is read from the block that <see cref="SlotOf"/> names.</remarks>
internal readonly struct ChannelBlocks
{
    internal ChannelBlocks(int channels, int width)
    {
        Channels = channels;
        Width = width;
        Count = (channels + width - 1) / width;
        Regular = channels / width;
    }

    internal int Channels { get; }

    internal int Width { get; }

    internal int Count { get; }

    /// <summary>Blocks that start at a multiple of the width: all, or all but the last.</summary>
    internal int Regular { get; }

    internal int Padded => Count * Width;

    internal int Start(int block) => Math.Min(block * Width, Channels - Width);

    /// <summary>Where block-indexed memory holds <paramref name="channel"/>.</summary>
    internal int SlotOf(int channel) => channel < Regular * Width ? channel : channel - (Channels - Width) + Regular * Width;
}
