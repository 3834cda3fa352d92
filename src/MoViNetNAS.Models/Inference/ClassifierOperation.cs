using MoViNetNAS.Models.Kernels;

namespace MoViNetNAS.Models;

/// <summary>The classifier: the mean of all frames so far, a hidden layer, the logits.</summary>
internal sealed unsafe class ClassifierOperation : StreamOperation, IDisposable
{
    private readonly CompiledNetwork _network;
    private readonly float* _pool;
    private readonly ScratchMemory _mean;
    private readonly ScratchMemory _hidden;
    private readonly ScratchMemory _logits;
    private readonly Action<int> _toHidden;
    private readonly Action<int> _toLogits;
    private readonly MatrixParts _hiddenParts;
    private readonly MatrixParts _logitParts;

    /// <param name="clock">The stream's.</param>
    /// <param name="network">Its weights.</param>
    /// <param name="pool">[B, headWidth]: the sum of the means of all frames.</param>
    public ClassifierOperation(StreamClock clock, CompiledNetwork network, float* pool) : base(clock)
    {
        _network = network;
        _pool = pool;
        _mean = new ScratchMemory((long)clock.Batch * network.Dense.Depth);
        _hidden = new ScratchMemory((long)clock.Batch * network.Dense.Columns);
        _logits = new ScratchMemory((long)clock.Batch * network.Classes);
        _hiddenParts = new MatrixParts(clock.Batch, network.Dense.Panels.Length);
        _logitParts = new MatrixParts(clock.Batch, network.Classifier.Panels.Length);
        _toHidden = ToHidden;
        _toLogits = ToLogits;
    }

    public ReadOnlySpan<float> Logits => new(_logits.Pointer, Clock.Batch * _network.Classes);

    public long ScratchFloats => (long)Clock.Batch * (_network.Dense.Depth + _network.Dense.Columns + _network.Classes);

    public override void Run()
    {
        int batch = Clock.Batch, width = _network.Dense.Depth;
        float frames = Clock.FramesBefore + Clock.Frames;
        for (int i = 0; i < batch * width; i++) _mean.Pointer[i] = _pool[i] / frames;
        Clock.Share(_hiddenParts.Count, (long)batch * width * _network.Dense.Columns, _toHidden);
        Clock.Share(_logitParts.Count, (long)batch * _network.Dense.Columns * _network.Classes, _toLogits);
    }

    public void Dispose()
    {
        foreach (var memory in new[] { _mean, _hidden, _logits }) memory.Dispose();
    }

    private void ToHidden(int part) => _network.Dense.Multiply(
        MatrixOperands.Plain(_mean.Pointer, _network.Dense.Depth, _hidden.Pointer), _hiddenParts, part);

    private void ToLogits(int part) => _network.Classifier.Multiply(
        MatrixOperands.Plain(_hidden.Pointer, _network.Dense.Columns, _logits.Pointer), _logitParts, part);
}
