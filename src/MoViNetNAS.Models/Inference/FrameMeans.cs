using MoViNetNAS.Models.Kernels;

namespace MoViNetNAS.Models;

/// <summary>The means of frames over their positions.</summary>
internal sealed unsafe class FrameMeans
{
    private const int BlocksPerPart = 4;
    private readonly StreamClock _clock;
    private readonly int _positions;
    private readonly float* _input;
    private readonly float* _means;
    private readonly ChannelBlocks _blocks;
    private readonly IFramePasses _passes;
    private readonly Action<int> _mean;

    /// <param name="clock">The stream's.</param>
    /// <param name="channels">C.</param>
    /// <param name="positions">Positions of a frame.</param>
    /// <param name="input">[B, T, positions, C].</param>
    /// <param name="means">[B, T, C].</param>
    public FrameMeans(StreamClock clock, int channels, int positions, FrameMemory input, FrameMemory means)
    {
        (_clock, _positions) = (clock, positions);
        _input = input.Floats;
        _means = means.Floats;
        _blocks = new ChannelBlocks(channels, VectorWidth.For(channels));
        _passes = IFramePasses.For(_blocks.Width);
        _mean = Mean;
    }

    private int PartsPerFrame => (_blocks.Count + BlocksPerPart - 1) / BlocksPerPart;

    public void Run() =>
        _clock.Share(_clock.AllFrames * PartsPerFrame, (long)_clock.AllFrames * _positions * _blocks.Channels, _mean);

    private void Mean(int part)
    {
        int frame = part / PartsPerFrame, first = part % PartsPerFrame * BlocksPerPart;
        _passes.Mean(
            _input + (long)frame * _positions * _blocks.Channels, _means + (long)frame * _blocks.Channels, _positions, _blocks,
            first, Math.Min(first + BlocksPerPart, _blocks.Count));
    }
}
