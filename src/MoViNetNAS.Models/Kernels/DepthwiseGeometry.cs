namespace MoViNetNAS.Models.Kernels;

/// <summary>Sizes and paddings of one depthwise convolution.</summary>
/// <param name="Batch">B.</param>
/// <param name="Channels">C.</param>
/// <param name="Frames">T, of input and output.</param>
/// <param name="Height">H of the input.</param>
/// <param name="Width">W of the input.</param>
/// <param name="KernelFrames">kt, odd.</param>
/// <param name="KernelSize">ks, odd.</param>
/// <param name="Stride">Spatial stride; the temporal one is 1.</param>
/// <param name="FramesBefore">Frames in front of the clip that are zero or come from the stream buffer.</param>
internal readonly record struct DepthwiseGeometry(
    int Batch, int Channels, int Frames, int Height, int Width, int KernelFrames, int KernelSize, int Stride, int FramesBefore)
{
    internal int OutHeight => (Height + Stride - 1) / Stride;

    internal int OutWidth => (Width + Stride - 1) / Stride;

    internal int RowsBefore => PaddingBefore(Height);

    internal int ColumnsBefore => PaddingBefore(Width);

    /// <summary>Weights per channel.</summary>
    internal int Taps => KernelFrames * KernelSize * KernelSize;

    internal long MultiplyAdds => (long)Batch * Frames * OutHeight * OutWidth * Channels * Taps;

    internal static DepthwiseGeometry Of(long[] shape, long[] weightShape, int stride, bool isCausal)
    {
        int kernelFrames = (int)weightShape[2];
        return new DepthwiseGeometry(
            checked((int)shape[0]), checked((int)shape[1]), checked((int)shape[2]), checked((int)shape[3]), checked((int)shape[4]),
            kernelFrames, (int)weightShape[3], stride, isCausal ? kernelFrames - 1 : (kernelFrames - 1) / 2);
    }

    /// <summary>Zero rows or columns that "same" padding puts on both sides together.</summary>
    internal int PaddingTotal(int size) => Math.Max(((size + Stride - 1) / Stride - 1) * Stride + KernelSize - size, 0);

    /// <summary>Those in front: the smaller half (TensorFlow's "same").</summary>
    internal int PaddingBefore(int size) => PaddingTotal(size) / 2;

    /// <summary>The same operation with shorter loops: without spatial taps, a narrow frame is one long row.</summary>
    internal DepthwiseGeometry Flattened() =>
        KernelSize == 1 && Stride == 1 && Width < 16 ? this with { Height = 1, Width = Height * Width } : this;
}
