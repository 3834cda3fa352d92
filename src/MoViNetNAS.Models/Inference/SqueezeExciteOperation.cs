using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Models;

/// <summary>Squeeze-excite of a stream: the means of the frames so far go through two small matrices and weigh the channels, in place.</summary>
internal sealed unsafe class SqueezeExciteOperation : StreamOperation, IDisposable
{
    private const int PositionsPerPart = 64;
    private readonly CompiledLayer _layer;
    private readonly int _channels;
    private readonly int _positions;
    private readonly bool _hasSums, _hasFrameMeans;
    private readonly FrameMemory _features;
    private readonly float* _pool;
    private readonly PositionTable? _encoding;
    private readonly ScratchMemory _memory;
    private readonly float* _means;
    private readonly float* _pooled;
    private readonly float* _gates;
    private readonly FrameMeans _frameMeans;
    private readonly PointwiseOperation _reduce;
    private readonly PointwiseOperation _gate;
    private readonly ChannelBlocks _blocks;
    private readonly IFramePasses _passes;
    private readonly Action<int> _scale;

    /// <param name="clock">The stream's.</param>
    /// <param name="layer">Its weights.</param>
    /// <param name="type">What is pooled.</param>
    /// <param name="positions">Positions of a frame.</param>
    /// <param name="features">[B, T, positions, C]; overwritten.</param>
    /// <param name="pool">[B, C]: the sum of the means of all frames before; state. Not used where each frame stands alone.</param>
    /// <param name="encoding">For as many channels as are pooled; null for none.</param>
    public SqueezeExciteOperation(
        StreamClock clock, CompiledLayer layer, SqueezeExciteType type, int positions, FrameMemory features, float* pool,
        PositionTable? encoding) : base(clock)
    {
        (_layer, _positions, _features, _encoding) = (layer, positions, features, encoding);
        _pool = pool;
        _channels = layer.Gate!.Columns;
        (_hasSums, _hasFrameMeans) = (type != SqueezeExciteType.Pool2d, type != SqueezeExciteType.Pool3d);
        int rows = clock.Batch * clock.MostFrames, hidden = layer.Reduce!.Columns, width = layer.Reduce.Depth;
        ScratchFloats = (long)rows * (2 * _channels + width + hidden);
        _memory = new ScratchMemory(ScratchFloats);
        _means = _memory.Pointer;
        _gates = _means + (long)rows * _channels;
        _pooled = _gates + (long)rows * _channels;
        var reduced = new FrameMemory((nint)(_pooled + (long)rows * width));
        _frameMeans = new FrameMeans(clock, _channels, positions, features, new FrameMemory((nint)_means));
        _reduce = new PointwiseOperation(clock, layer.Reduce, 1, new FrameMemory((nint)_pooled), reduced);
        _gate = new PointwiseOperation(clock, layer.Gate, 1, reduced, new FrameMemory((nint)_gates));
        _blocks = new ChannelBlocks(_channels, VectorWidth.For(_channels));
        _passes = IFramePasses.For(_blocks.Width);
        _scale = Scale;
    }

    public long ScratchFloats { get; }

    private int PartsPerFrame => (_positions + PositionsPerPart - 1) / PositionsPerPart;

    public override void Run()
    {
        _frameMeans.Run();
        Pool();
        _reduce.Run();
        _gate.Run();
        Clock.Share(Clock.AllFrames * PartsPerFrame, (long)Clock.AllFrames * _positions * _channels, _scale);
    }

    public void Dispose() => _memory.Dispose();

    // The cumulative mean of each frame, beside it the frame's own mean where the variant wants it, and the encoding of its index.
    private void Pool()
    {
        int width = _layer.Reduce!.Depth;
        for (int row = 0; row < Clock.AllFrames; row++)
        {
            int clip = row / Clock.Frames;
            long frame = Clock.FramesBefore + row % Clock.Frames;
            float count = frame + 1;
            var mean = new ReadOnlySpan<float>(_means + (long)row * _channels, _channels);
            var pooled = new Span<float>(_pooled + (long)row * width, width);
            if (_hasSums) Add(mean, _pool + (long)clip * _channels, count, pooled);
            if (_hasFrameMeans) mean.CopyTo(pooled[(width - _channels)..]);
            if (_encoding is null) continue;
            float share = _layer.PositionScale!.Value;
            var encoding = _encoding.Of(frame);
            for (int c = 0; c < width; c++) pooled[c] += share * encoding[c];
        }
    }

    private static void Add(ReadOnlySpan<float> mean, float* sum, float count, Span<float> pooled)
    {
        for (int c = 0; c < mean.Length; c++)
        {
            sum[c] += mean[c];
            pooled[c] = sum[c] / count;
        }
    }

    private void Scale(int part)
    {
        int frame = part / PartsPerFrame, first = part % PartsPerFrame * PositionsPerPart;
        _passes.Scale(
            _features.Floats + (long)frame * _positions * _channels, _gates + (long)frame * _channels,
            first, Math.Min(first + PositionsPerPart, _positions), _blocks);
    }
}
