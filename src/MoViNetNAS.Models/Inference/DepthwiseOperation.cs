using MoViNetNAS.Models.Kernels;

namespace MoViNetNAS.Models;

/// <summary>A depthwise convolution with norm and activation; a temporal kernel reads its past from a ring.</summary>
internal sealed unsafe class DepthwiseOperation : StreamOperation
{
    private readonly PackedDepthwise _weight;
    private readonly FrameMemory _input;
    private readonly FrameMemory _output;
    private readonly CorrelationPlan[] _plans; // by the number of frames, from 1
    private readonly Action<int> _correlate;
    private CorrelationOperands _operands;
    private CorrelationPlan _plan;

    /// <param name="clock">The stream's.</param>
    /// <param name="weight">The packed weights.</param>
    /// <param name="size">Rows and columns of the input.</param>
    /// <param name="stride">Spatial stride.</param>
    /// <param name="input">[B, T, size, size, C]; a ring when the kernel has a temporal part.</param>
    /// <param name="output">[B, T, ceil(size / stride), ceil(size / stride), C] or a ring of such frames.</param>
    public DepthwiseOperation(
        StreamClock clock, PackedDepthwise weight, int size, int stride, FrameMemory input, FrameMemory output) : base(clock)
    {
        (_weight, _input, _output) = (weight, input, output);
        var geometry = new DepthwiseGeometry(
            clock.Batch, weight.Channels, 1, size, size, weight.Kernel.Temporal, weight.Kernel.Spatial, stride, weight.Kernel.Temporal - 1);
        var plan = CorrelationPlan.Forward(geometry.Flattened());
        _plans = [.. Enumerable.Range(1, clock.MostFrames).Select(plan.WithFrames)];
        _plan = _plans[0];
        _correlate = Correlate;
    }

    public override void Run()
    {
        _plan = _plans[Clock.Frames - 1];
        _operands = _weight.Operands(_input.Floats, _input.At(Clock.FramesBefore), _output.Floats, _output.At(Clock.FramesBefore));
        Clock.Share(_plan.Parts, _plan.Geometry.MultiplyAdds, _correlate);
    }

    private void Correlate(int part) => _weight.Run(_plan, _operands, part);
}
