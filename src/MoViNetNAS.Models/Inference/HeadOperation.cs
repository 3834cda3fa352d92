using MoViNetNAS.Models.Kernels;

namespace MoViNetNAS.Models;

/// <summary>The head: the last 1x1x1 convolution, and the sum of the frames' means.</summary>
internal sealed unsafe class HeadOperation : StreamOperation, IDisposable
{
    private readonly int _width;
    private readonly float* _pool;
    private readonly ScratchMemory _means;
    private readonly PointwiseOperation _project;
    private readonly FrameMeans _frameMeans;

    /// <param name="clock">The stream's.</param>
    /// <param name="weight">The folded weights.</param>
    /// <param name="positions">Positions of a frame.</param>
    /// <param name="input">[B, T, positions, depth].</param>
    /// <param name="features">[B, T, positions, headWidth].</param>
    /// <param name="pool">[B, headWidth]: the sum of the means of all frames before; state.</param>
    public HeadOperation(StreamClock clock, PackedMatrix weight, int positions, FrameMemory input, FrameMemory features, float* pool)
        : base(clock)
    {
        _width = weight.Columns;
        _pool = pool;
        ScratchFloats = (long)clock.Batch * clock.MostFrames * _width;
        _means = new ScratchMemory(ScratchFloats);
        _project = new PointwiseOperation(clock, weight, positions, input, features);
        _frameMeans = new FrameMeans(clock, _width, positions, features, new FrameMemory((nint)_means.Pointer));
    }

    public long ScratchFloats { get; }

    public override void Run()
    {
        _project.Run();
        _frameMeans.Run();
        for (int row = 0; row < Clock.AllFrames; row++)
        {
            float* sum = _pool + (long)(row / Clock.Frames) * _width;
            float* mean = _means.Pointer + (long)row * _width;
            for (int c = 0; c < _width; c++) sum[c] += mean[c];
        }
    }

    public void Dispose() => _means.Dispose();
}
