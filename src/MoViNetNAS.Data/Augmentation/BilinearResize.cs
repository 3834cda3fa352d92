using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>Resizes a part of a picture to a square, bilinear between pixel centres, in whole numbers: the same bytes everywhere.</summary>
internal sealed class BilinearResize
{
    private const int Bits = 11, One = 1 << Bits;

    private readonly int _resolution, _rowBytes;
    private readonly int[] _left, _right, _rightShare; // bytes into a row, and 2^11 times the share of the right one
    private readonly int[] _upper, _lower, _lowerShare; // bytes into the picture

    /// <param name="width">Columns of the picture.</param>
    /// <param name="box">The part.</param>
    /// <param name="resolution">Rows and columns of the result.</param>
    /// <param name="isMirrored">Whether left and right change places.</param>
    public BilinearResize(int width, FrameBox box, int resolution, bool isMirrored)
    {
        (_resolution, _rowBytes) = (resolution, width * InputShape.Channels);
        (_left, _right, _rightShare) = Neighbours(box.Left, box.Width, resolution, InputShape.Channels);
        (_upper, _lower, _lowerShare) = Neighbours(box.Top, box.Height, resolution, _rowBytes);
        if (!isMirrored) return;
        foreach (int[] columns in new[] { _left, _right, _rightShare }) Array.Reverse(columns);
    }

    /// <summary>Fills <paramref name="square"/>, [R, R, 3], from <paramref name="picture"/>.</summary>
    public void Apply(ReadOnlySpan<byte> picture, Span<byte> square)
    {
        int to = 0;
        for (int row = 0; row < _resolution; row++)
        {
            ReadOnlySpan<byte> upper = picture.Slice(_upper[row], _rowBytes), lower = picture.Slice(_lower[row], _rowBytes);
            int low = _lowerShare[row], high = One - low;
            for (int column = 0; column < _resolution; column++)
            {
                int left = _left[column], right = _right[column], far = _rightShare[column], near = One - far;
                for (int channel = 0; channel < InputShape.Channels; channel++)
                {
                    int sum = (upper[left + channel] * near + upper[right + channel] * far) * high
                        + (lower[left + channel] * near + lower[right + channel] * far) * low;
                    square[to++] = (byte)((sum + (1 << (2 * Bits - 1))) >> (2 * Bits));
                }
            }
        }
    }

    private static (int[] Before, int[] After, int[] Share) Neighbours(int start, int size, int resolution, int bytes)
    {
        int[] before = new int[resolution], after = new int[resolution], share = new int[resolution];
        for (int i = 0; i < resolution; i++)
        {
            double place = Math.Clamp((i + 0.5) * size / resolution - 0.5, 0, size - 1);
            int floor = (int)place;
            before[i] = (start + floor) * bytes;
            after[i] = (start + Math.Min(floor + 1, size - 1)) * bytes;
            share[i] = (int)Math.Round((place - floor) * One);
        }

        return (before, after, share);
    }
}
