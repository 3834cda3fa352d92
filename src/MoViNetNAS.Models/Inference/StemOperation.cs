using System.Runtime.CompilerServices;
using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Models;

/// <summary>The stem: frames are copied into a zero border, and each output row is a product with rows that overlap in that copy.</summary>
internal sealed unsafe class StemOperation : StreamOperation, IDisposable
{
    private const int Kernel = 3, Stride = 2, RowsPerPart = 8;
    private static readonly float[] OfByte = [.. Enumerable.Range(0, 256).Select(value => value / 255f)];
    private readonly PackedMatrix _weight;
    private readonly float* _output;
    private readonly int _size;
    private readonly int _outputSize;
    private readonly int _before;
    private readonly int _padded;
    private readonly MatrixParts _rowParts;
    private readonly ScratchMemory _bordered;
    private readonly Action<int> _copy;
    private readonly Action<int> _multiply;
    private float* _floats;
    private byte* _bytes;

    /// <param name="clock">The stream's.</param>
    /// <param name="weight">[width, 27] in the order row, column, colour.</param>
    /// <param name="size">Rows and columns of a frame.</param>
    /// <param name="output">[B, T, ceil(size / 2)^2, width].</param>
    public StemOperation(StreamClock clock, PackedMatrix weight, int size, FrameMemory output) : base(clock)
    {
        (_weight, _size) = (weight, size);
        _output = output.Floats;
        _outputSize = (size + 1) / Stride;
        _before = SamePadding.Of(size, Kernel, Stride).Before;
        _padded = (_outputSize - 1) * Stride + Kernel;
        _rowParts = new MatrixParts(_outputSize, weight.Panels.Length);
        _bordered = new ScratchMemory((long)clock.Batch * clock.MostFrames * _padded * _padded * InputShape.Channels, isZeroed: true);
        _copy = Copy;
        _multiply = Multiply;
    }

    public long ScratchFloats => (long)Clock.Batch * Clock.MostFrames * _padded * _padded * InputShape.Channels;

    private int PartsPerFrame => (_outputSize + RowsPerPart - 1) / RowsPerPart;

    /// <summary>Sets the frames of the next run, [B, T, S, S, 3]: floats in [0, 1], or bytes; the other is null.</summary>
    public void Read(float* floats, byte* bytes)
    {
        _floats = floats;
        _bytes = bytes;
    }

    public override void Run()
    {
        int frames = Clock.AllFrames;
        Clock.Share(frames, (long)frames * _size * _size * InputShape.Channels, _copy);
        Clock.Share(
            frames * PartsPerFrame, (long)frames * _outputSize * _outputSize * _weight.Depth * _weight.Columns, _multiply);
    }

    public void Dispose() => _bordered.Dispose();

    private void Copy(int frame)
    {
        int length = Math.Min(_size, _padded - _before) * InputShape.Channels;
        ref float table = ref OfByte[0];
        for (int row = 0; row < Math.Min(_size, _padded - _before); row++)
        {
            long from = ((long)frame * _size + row) * _size * InputShape.Channels;
            float* target = _bordered.Pointer + (((long)frame * _padded + row + _before) * _padded + _before) * InputShape.Channels;
            if (_floats != null)
            {
                new ReadOnlySpan<float>(_floats + from, length).CopyTo(new Span<float>(target, length));
            }
            else
            {
                byte* source = _bytes + from;
                for (int i = 0; i < length; i++) target[i] = Unsafe.Add(ref table, source[i]);
            }
        }
    }

    private void Multiply(int part)
    {
        int frame = part / PartsPerFrame, first = part % PartsPerFrame * RowsPerPart, end = Math.Min(first + RowsPerPart, _outputSize);
        nint line = (nint)_padded * InputShape.Channels;
        for (int row = first; row < end; row++)
        {
            var operands = new MatrixOperands
            {
                X = _bordered.Pointer + ((nint)frame * _padded + row * Stride) * line,
                RowStride = Stride * InputShape.Channels,
                Segments = Kernel,
                SegmentStride = line,
                Y = _output + ((long)frame * _outputSize + row) * _outputSize * _weight.Columns,
            };
            for (int rowPart = 0; rowPart < _rowParts.Count; rowPart++) _weight.Multiply(operands, _rowParts, rowPart);
        }
    }
}
