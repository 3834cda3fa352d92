using MoViNetNAS.Models.Kernels;

namespace MoViNetNAS.Models;

/// <summary>A 1x1x1 convolution with all that was folded into it.</summary>
internal sealed unsafe class PointwiseOperation : StreamOperation
{
    // A product does about this many multiply-adds in the time of one of a depthwise convolution, by which work is estimated.
    private const int Speed = 3;

    private readonly PackedMatrix _weight;
    private readonly FrameMemory _input;
    private readonly FrameMemory _output;
    private readonly FrameMemory _residual;
    private readonly int _positions;
    private readonly Action<int> _multiply;
    private MatrixOperands _operands;
    private MatrixParts _parts;

    /// <param name="clock">The stream's.</param>
    /// <param name="weight">The folded weights.</param>
    /// <param name="positions">Positions of a frame.</param>
    /// <param name="input">[B, T, positions, depth], no ring.</param>
    /// <param name="output">[B, T, positions, columns] or a ring of such frames.</param>
    /// <param name="residual">Added to the result, in the form of an output without a ring; empty for none.</param>
    public PointwiseOperation(
        StreamClock clock, PackedMatrix weight, int positions, FrameMemory input, FrameMemory output, FrameMemory residual = default)
        : base(clock)
    {
        (_weight, _positions, _input, _output, _residual) = (weight, positions, input, output, residual);
        _multiply = Multiply;
    }

    public override void Run()
    {
        if (_output.Slots == 0)
        {
            Rows(_input.Floats, _output.Floats, _residual.Floats, Clock.AllFrames);
            return;
        }

        // Slots that follow each other are one matrix.
        var slots = _output.At(Clock.FramesBefore);
        for (int clip = 0; clip < Clock.Batch; clip++)
        {
            for (int frame = 0; frame < Clock.Frames;)
            {
                int run = Math.Min(Clock.Frames - frame, slots.Count - (slots.First + frame) % slots.Count);
                float* x = _input.Floats + ((long)clip * Clock.Frames + frame) * _positions * _weight.Depth;
                Rows(x, _output.Floats + slots.Of(clip, frame) * _positions * _weight.Columns, null, run);
                frame += run;
            }
        }
    }

    private void Rows(float* x, float* y, float* residual, int frames)
    {
        int rows = frames * _positions;
        _operands = MatrixOperands.Plain(x, _weight.Depth, y, residual);
        _parts = new MatrixParts(rows, _weight.Panels.Length);
        Clock.Share(_parts.Count, (long)rows * _weight.Depth * _weight.Columns / Speed, _multiply);
    }

    private void Multiply(int part) => _weight.Multiply(_operands, _parts, part);
}
