namespace MoViNetNAS.Models.Kernels;

/// <summary>One RGB frame with its padding, whose patches under a 3x3 kernel at stride 2 are three runs of nine numbers each.</summary>
/// <remarks>A patch is in the order row, column, colour. "Same" padding as by TensorFlow: the smaller half in front.</remarks>
internal readonly unsafe struct StemFrame
{
    internal const int Taps = 27;
    private const int Kernel = 3, Stride = 2, Colours = 3, Run = Kernel * Colours;

    private readonly int _size, _before, _padded;

    /// <summary>Square frames of <paramref name="size"/> rows and columns.</summary>
    internal StemFrame(int size)
    {
        _size = size;
        Output = (size + Stride - 1) / Stride;
        SamePadding padding = SamePadding.Of(size, Kernel, Stride);
        _before = padding.Before;
        _padded = padding.Before + size + padding.After;
    }

    /// <summary>Output rows and columns.</summary>
    internal int Output { get; }

    internal int Positions => Output * Output;

    /// <summary>Floats of a padded frame.</summary>
    internal int Floats => _padded * _padded * Colours;

    /// <summary>Copies a frame [size, size, 3] into the middle of <paramref name="padded"/>, whose edges stay zero.</summary>
    internal void Fill(float* frame, float* padded)
    {
        int row = _size * Colours;
        for (int y = 0; y < _size; y++)
        {
            new ReadOnlySpan<float>(frame + (long)y * row, row)
                .CopyTo(new Span<float>(padded + ((long)(y + _before) * _padded + _before) * Colours, row));
        }
    }

    /// <summary>The patches of output row <paramref name="row"/> as rows of a matrix, without a copy.</summary>
    internal MatrixOperands Row(float* padded, int row, float* y) => new()
    {
        X = padded + (long)row * Stride * _padded * Colours,
        RowStride = Stride * Colours,
        Segments = Kernel,
        SegmentStride = _padded * Colours,
        Y = y,
    };

    /// <summary>Gathers all patches: [positions, 27].</summary>
    internal void Gather(float* padded, float* patches)
    {
        for (int row = 0; row < Output; row++)
        {
            float* source = padded + (long)row * Stride * _padded * Colours;
            for (int column = 0; column < Output; column++, source += Stride * Colours, patches += Taps)
            {
                for (int i = 0; i < Run; i++) patches[i] = source[i];
                for (int i = 0; i < Run; i++) patches[Run + i] = source[_padded * Colours + i];
                for (int i = 0; i < Run; i++) patches[2 * Run + i] = source[2 * _padded * Colours + i];
            }
        }
    }
}
