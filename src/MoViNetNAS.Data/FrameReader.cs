using System.Globalization;
using System.Text;

namespace MoViNetNAS.Data;

/// <summary>Takes frames out of what a decoder writes: of the size of the geometry, or with a PPM header each that tells theirs.</summary>
internal sealed class FrameReader(FfmpegProcess process, FrameGeometry geometry)
{
    private const int LongestWord = 20;
    private byte[] _frame = [];

    /// <summary>Rows of the frames.</summary>
    public int Height { get; private set; }

    /// <summary>Columns of the frames.</summary>
    public int Width { get; private set; }

    /// <summary>The next frame [H, W, 3], good until the next call; null at the end.</summary>
    public byte[]? Next()
    {
        int height = geometry.Side, width = geometry.Side;
        if (geometry.Fit == VideoFit.Wide && !TryReadHeader(out width, out height)) return null;
        if (_frame.Length == 0)
        {
            (Height, Width) = (height, width);
            _frame = new byte[geometry.BytesOf(height, width)];
        }

        // ffmpeg brings pictures of another shape to that of the first, so another size is nothing it wrote on purpose.
        return (height, width) == (Height, Width) && process.Read(_frame) == _frame.Length ? _frame : null;
    }

    // "P6\n320 240\n255\n": four words, each ended by one space or line end.
    private bool TryReadHeader(out int width, out int height)
    {
        (width, height) = (0, 0);
        return Word() == "P6" && int.TryParse(Word(), NumberStyles.None, CultureInfo.InvariantCulture, out width)
            && int.TryParse(Word(), NumberStyles.None, CultureInfo.InvariantCulture, out height) && Word() == "255" && geometry.Allows(height, width);
    }

    private string Word()
    {
        Span<byte> word = stackalloc byte[LongestWord];
        for (int length = 0; length < word.Length; length++)
        {
            Span<byte> next = word.Slice(length, 1);
            if (process.Read(next) == 0 || next[0] is (byte)' ' or (byte)'\n') return Encoding.ASCII.GetString(word[..length]);
        }

        return "";
    }
}
