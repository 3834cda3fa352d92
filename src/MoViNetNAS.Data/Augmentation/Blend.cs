using System.Buffers;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>Moves every pixel away from a duller one, or towards it: factor 0 is the dull picture, 1 the picture, above 1 more than it.</summary>
internal static class Blend
{
    private const int Bits = 16;

    /// <summary>A factor in 1 / 65536.</summary>
    public static int Fixed(double factor) => (int)Math.Round(factor * (1 << Bits));

    /// <summary>dull + factor * (level - dull), rounded, in [0, 255].</summary>
    public static byte Level(int level, int dull, int factor) =>
        (byte)Math.Clamp(dull + (((level - dull) * factor + (1 << (Bits - 1))) >> Bits), 0, 255);

    /// <summary>The grey of a pixel, by the luma of ITU-R BT.601.</summary>
    public static int Grey(int red, int green, int blue) => (299 * red + 587 * green + 114 * blue + 500) / 1000;

    /// <summary>Saturation: away from grey.</summary>
    public static void Colour(Span<byte> clip, double factor)
    {
        int fixedFactor = Fixed(factor);
        for (int i = 0; i < clip.Length; i += InputShape.Channels)
        {
            Span<byte> pixel = clip.Slice(i, InputShape.Channels);
            int grey = Grey(pixel[0], pixel[1], pixel[2]);
            for (int channel = 0; channel < pixel.Length; channel++) pixel[channel] = Level(pixel[channel], grey, fixedFactor);
        }
    }

    /// <summary>Sharpness: away from the picture smoothed with its eight neighbours of weight 1 beside its own 5. The edge stays.</summary>
    public static void Sharpness(Span<byte> clip, int resolution, double factor)
    {
        int fixedFactor = Fixed(factor), rowBytes = resolution * InputShape.Channels, frameBytes = resolution * rowBytes;
        byte[] before = ArrayPool<byte>.Shared.Rent(frameBytes);
        for (int start = 0; start < clip.Length; start += frameBytes)
        {
            Span<byte> frame = clip.Slice(start, frameBytes);
            frame.CopyTo(before);
            for (int row = 1; row < resolution - 1; row++)
            {
                for (int i = row * rowBytes + InputShape.Channels; i < (row + 1) * rowBytes - InputShape.Channels; i++)
                    frame[i] = Level(before[i], (Three(before, i - rowBytes) + Three(before, i) + Three(before, i + rowBytes) + 4 * before[i] + 6) / 13, fixedFactor);
            }
        }

        ArrayPool<byte>.Shared.Return(before);
    }

    private static int Three(byte[] pixels, int i) => pixels[i - InputShape.Channels] + pixels[i] + pixels[i + InputShape.Channels];
}
