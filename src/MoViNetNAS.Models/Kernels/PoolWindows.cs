namespace MoViNetNAS.Models.Kernels;

/// <summary>The windows of three cells at stride 2 along one axis, "same" padding as by TensorFlow.</summary>
internal readonly struct PoolWindows
{
    private const int Kernel = 3, Stride = 2;

    private readonly int _before;

    /// <summary>An axis of <paramref name="size"/> cells.</summary>
    internal PoolWindows(int size)
    {
        Size = size;
        Outputs = (size + Stride - 1) / Stride;
        _before = SamePadding.Of(size, Kernel, Stride).Before;
    }

    internal int Size { get; }

    internal int Outputs { get; }

    /// <summary>First cell of window <paramref name="output"/>.</summary>
    internal int First(int output) => Math.Max(output * Stride - _before, 0);

    /// <summary>One past its last cell.</summary>
    internal int End(int output) => Math.Min(output * Stride - _before + Kernel, Size);

    /// <summary>Its number of cells.</summary>
    internal int Cells(int output) => End(output) - First(output);

    /// <summary>First window that covers <paramref name="cell"/>.</summary>
    internal int FirstOver(int cell) => Math.Max((cell + _before - Kernel + Stride) / Stride, 0);

    /// <summary>One past the last window that covers it.</summary>
    internal int EndOver(int cell) => Math.Min((cell + _before) / Stride + 1, Outputs);
}
