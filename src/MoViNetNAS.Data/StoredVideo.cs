using Microsoft.Win32.SafeHandles;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>The decoded frames of one video, in memory or in its cache file. Safe from any thread.</summary>
/// <param name="File">The cache file, checked when it was opened.</param>
/// <param name="Height">Rows of the stored frames.</param>
/// <param name="Width">Columns of the stored frames.</param>
/// <param name="Frames">Frames stored, at least 1.</param>
/// <param name="Memory">All of them, [F, H, W, 3], or null: read them from the file.</param>
/// <param name="Warning">What was wrong with the video although it can be used, or an empty text.</param>
internal sealed record StoredVideo(string File, int Height, int Width, int Frames, byte[]? Memory, string Warning)
{
    private int FrameBytes => Height * Width * InputShape.Channels;

    /// <summary>Copies <paramref name="box"/> out of each of <paramref name="frames"/>, resized to <paramref name="resolution"/> where it has another size.</summary>
    /// <exception cref="MachineException">The cache file was changed or removed, or cannot be read.</exception>
    public void CopyTo(ReadOnlySpan<int> frames, FrameBox box, int resolution, bool isMirrored, Span<byte> pixels)
    {
        int clipFrameBytes = ClipSize.FrameBytes(resolution);
        BilinearResize? resize = (box.Height, box.Width) == (resolution, resolution) ? null : new BilinearResize(Width, box, resolution, isMirrored);
        using SafeFileHandle? handle = Memory is null ? Open() : null;
        byte[] buffer = Memory is null ? new byte[FrameBytes] : [];
        for (int t = 0; t < frames.Length; t++)
        {
            ReadOnlySpan<byte> frame = Memory is null ? ReadFrame(handle!, frames[t], buffer) : Memory.AsSpan(frames[t] * FrameBytes, FrameBytes);
            Span<byte> square = pixels.Slice(t * clipFrameBytes, clipFrameBytes);
            if (resize is null)
                CopyBox(frame, Width, box, isMirrored, square);
            else
                resize.Apply(frame, square);
        }
    }

    /// <summary>Copies <paramref name="box"/> out of a frame of <paramref name="width"/> columns.</summary>
    public static void CopyBox(ReadOnlySpan<byte> frame, int width, FrameBox box, bool isMirrored, Span<byte> pixels)
    {
        int rowBytes = box.Width * InputShape.Channels;
        for (int row = 0; row < box.Height; row++)
        {
            ReadOnlySpan<byte> from = frame.Slice(((box.Top + row) * width + box.Left) * InputShape.Channels, rowBytes);
            Span<byte> to = pixels.Slice(row * rowBytes, rowBytes);
            if (!isMirrored)
            {
                from.CopyTo(to);
                continue;
            }

            for (int i = 0, j = rowBytes - 3; i < rowBytes; i += 3, j -= 3)
                (to[i], to[i + 1], to[i + 2]) = (from[j], from[j + 1], from[j + 2]);
        }
    }

    private SafeFileHandle Open()
    {
        try
        {
            return System.IO.File.OpenHandle(File);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Lost(e.Message, e);
        }
    }

    private byte[] ReadFrame(SafeFileHandle handle, int frame, byte[] buffer)
    {
        try
        {
            long offset = FrameCache.HeaderBytes + (long)frame * FrameBytes;
            for (int length = 0; length < buffer.Length;)
            {
                int read = RandomAccess.Read(handle, buffer.AsSpan(length), offset + length);
                if (read == 0) throw Lost("it became shorter", null);
                length += read;
            }

            return buffer;
        }
        catch (IOException e)
        {
            throw Lost(e.Message, e);
        }
    }

    private MachineException Lost(string why, Exception? inner)
    {
        string message = $"decoded frames {File} cannot be read any more ({why}); start again, and they are decoded anew.";
        return inner is null ? new MachineException(message) : new MachineException(message, inner);
    }
}
