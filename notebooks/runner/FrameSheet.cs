using MoViNetNAS.Spaces;
using SkiaSharp;

namespace MoViNetNAS.Notebooks;

/// <summary>Frames of clips as one picture: a row for each clip, time from left to right.</summary>
public static class FrameSheet
{
    private const int Gap = 2;

    /// <summary>The picture as PNG.</summary>
    /// <param name="clips">Pixels of each clip, [T, S, S, 3], uint8.</param>
    /// <param name="input">Frames and resolution of each.</param>
    /// <param name="scale">Pixels of the picture for one of a frame, at least 1; with 1 and a single frame the picture is that frame.</param>
    /// <exception cref="ArgumentException">There is no clip, or one has another length.</exception>
    public static byte[] Png(IReadOnlyList<byte[]> clips, InputShape input, int scale = 3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        int size = input.Resolution, length = input.Frames * size * size * InputShape.Channels, cell = size * scale + Gap;
        if (clips.Count == 0 || clips.Any(clip => clip.Length != length)) throw new ArgumentException($"a clip of {input} has {length} bytes.", nameof(clips));
        using var picture = new SKBitmap(input.Frames * cell - Gap, clips.Count * cell - Gap, SKColorType.Rgba8888, SKAlphaType.Opaque);
        picture.Erase(SKColors.White);
        for (int row = 0; row < clips.Count; row++)
            for (int frame = 0; frame < input.Frames; frame++)
                for (int y = 0; y < size * scale; y++)
                    for (int x = 0; x < size * scale; x++)
                    {
                        int at = ((frame * size + y / scale) * size + x / scale) * InputShape.Channels;
                        picture.SetPixel(frame * cell + x, row * cell + y, new SKColor(clips[row][at], clips[row][at + 1], clips[row][at + 2]));
                    }

        using var data = picture.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}
