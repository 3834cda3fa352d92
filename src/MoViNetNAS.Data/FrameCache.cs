using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>Files of decoded frames, one a video, and what of them is held in memory.</summary>
/// <remarks>A file is a header of 64 bytes (magic and version; rows, frames, bytes of the warning, columns (0: as many) as little-endian int32;
/// at 32 the SHA-256 of all else), the frames [F, H, W, 3] and the warning in UTF-8. One that fails its check is made again.</remarks>
internal sealed class FrameCache(string folder, long memoryBytes)
{
    public const int HeaderBytes = 64;
    public const int HashOffset = 32;

    private const int BlockBytes = 1 << 20;
    private long _freeBytes = memoryBytes;

    private static ReadOnlySpan<byte> Magic => "MVNFRAM1"u8;

    /// <summary>The user's cache folder for decoded frames.</summary>
    public static string DefaultFolder()
    {
        string? cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (string.IsNullOrEmpty(cache))
        {
            cache = OperatingSystem.IsWindows()
                ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                : Path.Combine(
                    Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), OperatingSystem.IsMacOS() ? "Library/Caches" : ".cache");
        }

        return Path.Combine(cache, "movinetnas", "frames");
    }

    /// <summary>The file for a video: another when the video, the geometry or the ffmpeg arguments change.</summary>
    public string FileOf(VideoStamp video, FrameGeometry geometry, IEnumerable<string> arguments)
    {
        string key = string.Join('\0', [video.FullName, $"{video.Bytes}", video.Changed, geometry.ToString(), .. arguments]);
        return Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))) + ".frames");
    }

    /// <summary>The stored video, every byte checked; null when there is none or it is damaged.</summary>
    public StoredVideo? Open(string file, FrameGeometry geometry)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            var header = new byte[HeaderBytes];
            stream.ReadExactly(header);
            int height = Int32At(header, 8), frames = Int32At(header, 12), warningBytes = Int32At(header, 16);
            int width = Int32At(header, 20) is 0 ? height : Int32At(header, 20);
            if (!header.AsSpan().StartsWith(Magic) || !geometry.Allows(height, width)) return null;
            long frameBytes = (long)frames * geometry.BytesOf(height, width);
            if (frames < 1 || warningBytes is < 0 or > BlockBytes
                || stream.Length != HeaderBytes + frameBytes + warningBytes)
                return null;
            return Check(stream, new StoredVideo(file, height, width, frames, null, ""), header, frameBytes, warningBytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Starts a new file; it takes its place when it is completed.</summary>
    public FrameFileWriter Create(string file) => new(file);

    internal static void WriteHeader(Span<byte> header, int height, int width, int frames, int warningBytes)
    {
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], height);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], frames);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], warningBytes);
        BinaryPrimitives.WriteInt32LittleEndian(header[20..], width == height ? 0 : width);
    }

    private StoredVideo? Check(FileStream stream, StoredVideo video, byte[] header, long frameBytes, int warningBytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[]? memory = Reserve(frameBytes) ? new byte[frameBytes] : null;
        if (memory is not null)
        {
            stream.ReadExactly(memory);
            hash.AppendData(memory);
        }
        else
        {
            var block = new byte[BlockBytes];
            for (long left = frameBytes; left > 0;)
            {
                Span<byte> part = block.AsSpan(0, (int)Math.Min(left, BlockBytes));
                stream.ReadExactly(part);
                hash.AppendData(part);
                left -= part.Length;
            }
        }

        var warning = new byte[warningBytes];
        stream.ReadExactly(warning);
        hash.AppendData(warning);
        hash.AppendData(header.AsSpan(0, HashOffset));
        if (!hash.GetHashAndReset().AsSpan().SequenceEqual(header.AsSpan(HashOffset)))
        {
            if (memory is not null) Interlocked.Add(ref _freeBytes, frameBytes);
            return null;
        }

        return video with { Memory = memory, Warning = Encoding.UTF8.GetString(warning) };
    }

    private bool Reserve(long bytes)
    {
        if (bytes > Array.MaxLength) return false;
        if (Interlocked.Add(ref _freeBytes, -bytes) >= 0) return true;
        Interlocked.Add(ref _freeBytes, bytes);
        return false;
    }

    private static int Int32At(byte[] header, int offset) => BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(offset));
}
