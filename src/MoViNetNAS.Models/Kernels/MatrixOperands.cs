namespace MoViNetNAS.Models.Kernels;

/// <summary>The memory that a matrix product reads and writes beside its packed weights; float32.</summary>
/// <remarks>A row of X is <see cref="Segments"/> runs of numbers, so that the patches under a kernel of several rows need no
/// copy; rows may overlap.</remarks>
internal readonly unsafe struct MatrixOperands
{
    /// <summary>The first number of row 0.</summary>
    internal float* X { get; init; }

    /// <summary>Floats from a row of X to the next.</summary>
    internal nint RowStride { get; init; }

    /// <summary>Runs in a row of X; 1 for a plain matrix.</summary>
    internal int Segments { get; init; }

    /// <summary>Floats from a run to the next.</summary>
    internal nint SegmentStride { get; init; }

    /// <summary>[rows, N]: added to the result, or null. Without an activation only.</summary>
    internal float* Residual { get; init; }

    /// <summary>[rows, N].</summary>
    internal float* Y { get; init; }

    /// <summary>A matrix [rows, <paramref name="depth"/>] without gaps.</summary>
    internal static MatrixOperands Plain(float* x, int depth, float* y, float* residual = null) =>
        new() { X = x, RowStride = depth, Segments = 1, Y = y, Residual = residual };
}
