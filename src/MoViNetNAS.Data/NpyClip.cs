using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>A clip out of a NumPy file: RGB pixels [T, H, W, 3], either bytes or numbers in [0, 1].</summary>
public sealed class NpyClip
{
    /// <summary>A clip of bytes, 0-255.</summary>
    /// <exception cref="ArgumentException">The pixels are not frames x height x width x 3, or an axis is below 1.</exception>
    public NpyClip(int frames, int height, int width, byte[] bytes) : this(frames, height, width, bytes.LongLength) => Bytes = bytes;

    /// <summary>A clip of numbers in [0, 1].</summary>
    /// <exception cref="ArgumentException">The pixels are not frames x height x width x 3, or an axis is below 1.</exception>
    public NpyClip(int frames, int height, int width, float[] floats) : this(frames, height, width, floats.LongLength) => Floats = floats;

    private NpyClip(int frames, int height, int width, long pixels)
    {
        if (frames < 1 || height < 1 || width < 1 || (Int128)frames * height * width * InputShape.Channels != pixels)
            throw new ArgumentException($"{pixels} numbers are not a clip of {frames} frames of {height} x {width} x {InputShape.Channels}, each axis 1 or more.");
        (Frames, Height, Width) = (frames, height, width);
    }

    /// <summary>Frames, at least 1.</summary>
    public int Frames { get; }

    /// <summary>Rows, at least 1.</summary>
    public int Height { get; }

    /// <summary>Columns, at least 1; need not be the rows.</summary>
    public int Width { get; }

    /// <summary>The pixels when they are bytes ('|u1'), in C order; else null.</summary>
    public byte[]? Bytes { get; }

    /// <summary>The pixels when they are float32 ('&lt;f4'), in [0, 1], in C order; else null.</summary>
    public float[]? Floats { get; }
}
