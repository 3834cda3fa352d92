using MoViNetNAS.Models.Kernels;

namespace MoViNetNAS.Models;

/// <summary>The 3x3 average at stride 2 of a skip path.</summary>
internal sealed unsafe class HalvingOperation : StreamOperation
{
    private readonly int _size;
    private readonly FrameMemory _input;
    private readonly FrameMemory _output;
    private readonly ChannelBlocks _blocks;
    private readonly PoolWindows _windows;
    private readonly AveragePoolPass _pool;
    private readonly Action<int> _halve;

    /// <param name="clock">The stream's.</param>
    /// <param name="channels">C.</param>
    /// <param name="size">Rows and columns of the input.</param>
    /// <param name="input">[B, T, size, size, C].</param>
    /// <param name="output">[B, T, ceil(size / 2), ceil(size / 2), C].</param>
    public HalvingOperation(StreamClock clock, int channels, int size, FrameMemory input, FrameMemory output) : base(clock)
    {
        (_size, _input, _output) = (size, input, output);
        _blocks = new ChannelBlocks(channels, VectorWidth.For(channels));
        _windows = new PoolWindows(size);
        _pool = AveragePoolPasses.Forward(_blocks.Width);
        _halve = Halve;
    }

    private int Half => (_size + 1) / 2;

    public override void Run() =>
        Clock.Share(Clock.AllFrames * Half, (long)Clock.AllFrames * Half * Half * 9 * _blocks.Channels, _halve);

    private void Halve(int part)
    {
        int frame = part / Half, row = part % Half;
        _pool(
            _input.Floats + (long)frame * _size * _size * _blocks.Channels,
            _output.Floats + (long)frame * Half * Half * _blocks.Channels, _windows, _windows, _blocks, row, row + 1);
    }
}
