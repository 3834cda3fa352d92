using static TorchSharp.torch;

namespace MoViNetNAS.Models.Kernels;

/// <summary>The elements of a matrix in order, for the time of one kernel call: in place where they lie so, else as a native copy.</summary>
/// <remarks>A managed copy of every weight would be most of the garbage that a training makes.</remarks>
internal readonly unsafe ref struct MatrixValues
{
    private readonly Tensor _weight;
    private readonly ScratchMemory? _copy;

    /// <param name="weight">[N, K], a slice of a larger matrix too; the caller's.</param>
    public MatrixValues(Tensor weight)
    {
        _weight = weight;
        int rows = (int)weight.shape[0], columns = (int)weight.shape[1];
        long[] strides = weight.stride();
        float* source = ChannelsLast.Pointer(weight);
        if (strides[1] == 1 && (strides[0] == columns || rows == 1))
        {
            Span = new ReadOnlySpan<float>(source, rows * columns);
            return;
        }

        _copy = new ScratchMemory((long)rows * columns);
        float* target = _copy.Pointer;
        for (int n = 0; n < rows; n++)
            for (int k = 0; k < columns; k++) *target++ = source[n * strides[0] + k * strides[1]];
        Span = new ReadOnlySpan<float>(_copy.Pointer, rows * columns);
    }

    /// <summary>Row by row.</summary>
    public ReadOnlySpan<float> Span { get; }

    public void Dispose()
    {
        _copy?.Dispose();
        GC.KeepAlive(_weight);
    }
}
