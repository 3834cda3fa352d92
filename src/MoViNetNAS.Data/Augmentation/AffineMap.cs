using System.Buffers;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>Says which pixel a pixel is taken from: column a x + b y + c, row d x + e y + f, the nearest one; what comes from outside is grey.</summary>
/// <remarks>Source of the directions, the corner that a shear leaves in place, the nearest pixel and the grey of 128: AutoAugment (arXiv 1805.09501) as published.</remarks>
internal readonly record struct AffineMap(double A, double B, double C, double D, double E, double F)
{
    private const byte Outside = 128;

    /// <summary>Turns the picture around its middle, counterclockwise as it is seen.</summary>
    public static AffineMap Rotation(double degrees, int resolution)
    {
        (double sin, double cos) = ExactMath.SinCosOfTurns(degrees / 360);
        double middle = (resolution - 1) / 2.0;
        return new AffineMap(cos, -sin, middle - cos * middle + sin * middle, sin, cos, middle - sin * middle - cos * middle);
    }

    /// <summary>Takes row y from columns <paramref name="shear"/> * y further right.</summary>
    public static AffineMap ShearX(double shear) => new(1, shear, 0, 0, 1, 0);

    /// <summary>Takes column x from rows <paramref name="shear"/> * x further down.</summary>
    public static AffineMap ShearY(double shear) => new(1, 0, 0, shear, 1, 0);

    /// <summary>Takes every pixel from one this much further right and down.</summary>
    public static AffineMap Translation(int right, int down) => new(1, 0, right, 0, 1, down);

    /// <summary>Moves the pixels of every frame of <paramref name="clip"/>, [T, R, R, 3].</summary>
    public void Apply(Span<byte> clip, int resolution)
    {
        int pixels = resolution * resolution, frameBytes = pixels * InputShape.Channels;
        int[] sources = ArrayPool<int>.Shared.Rent(pixels); // the same for all frames
        byte[] before = ArrayPool<byte>.Shared.Rent(frameBytes);
        FindSources(sources, resolution);
        for (int start = 0; start < clip.Length; start += frameBytes)
        {
            Span<byte> frame = clip.Slice(start, frameBytes);
            frame.CopyTo(before);
            for (int p = 0, to = 0; p < pixels; p++, to += InputShape.Channels)
            {
                int from = sources[p];
                if (from < 0)
                    frame.Slice(to, InputShape.Channels).Fill(Outside);
                else
                    (frame[to], frame[to + 1], frame[to + 2]) = (before[from], before[from + 1], before[from + 2]);
            }
        }

        ArrayPool<int>.Shared.Return(sources);
        ArrayPool<byte>.Shared.Return(before);
    }

    private void FindSources(int[] sources, int resolution)
    {
        for (int y = 0, p = 0; y < resolution; y++)
        {
            for (int x = 0; x < resolution; x++, p++)
            {
                double column = Math.Floor(A * x + B * y + C + 0.5), row = Math.Floor(D * x + E * y + F + 0.5);
                bool isInside = column >= 0 && column < resolution && row >= 0 && row < resolution;
                sources[p] = isInside ? ((int)row * resolution + (int)column) * InputShape.Channels : -1;
            }
        }
    }
}
