using System.Security.Cryptography;
using System.Text;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>Writes one cache file frame by frame under a name of its own, and renames it into place when it is complete.</summary>
internal sealed class FrameFileWriter : IDisposable
{
    private static int s_count;

    private readonly string _file;
    private readonly string _temporary;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly FileStream _stream;
    private int _frames;

    /// <exception cref="MachineException">The cache folder cannot be written.</exception>
    public FrameFileWriter(string file)
    {
        _file = file;
        // Other processes, and other data sets of this one, may be decoding the same video.
        _temporary = $"{file}.{Environment.ProcessId}.{Interlocked.Increment(ref s_count)}.tmp";
        _stream = Try(() =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            return new FileStream(_temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);
        });
        Try(() => _stream.Write(new byte[FrameCache.HeaderBytes]));
    }

    /// <summary>Adds one frame.</summary>
    /// <exception cref="MachineException">The disk is full or fails.</exception>
    public void Append(byte[] frame)
    {
        _hash.AppendData(frame);
        Try(() => _stream.Write(frame));
        _frames++;
    }

    /// <summary>Writes the warning and the header, flushes to the disk and puts the file in its place.</summary>
    /// <exception cref="MachineException">The disk is full or fails.</exception>
    public void Complete(int height, int width, string warning)
    {
        byte[] text = Encoding.UTF8.GetBytes(warning);
        var header = new byte[FrameCache.HeaderBytes];
        FrameCache.WriteHeader(header, height, width, _frames, text.Length);
        _hash.AppendData(text);
        _hash.AppendData(header.AsSpan(0, FrameCache.HashOffset));
        _hash.GetHashAndReset().CopyTo(header, FrameCache.HashOffset);
        Try(() =>
        {
            _stream.Write(text);
            _stream.Position = 0;
            _stream.Write(header);
            _stream.Flush(flushToDisk: true);
            _stream.Dispose();
            File.Move(_temporary, _file, overwrite: true);
        });
    }

    /// <summary>Removes what was not completed.</summary>
    public void Dispose()
    {
        _hash.Dispose();
        Quietly(_stream.Dispose); // flushes, which fails again on a full disk; the first fault was reported
        Quietly(() => File.Delete(_temporary));
    }

    private static void Quietly(Action close)
    {
        try
        {
            close();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nothing more can be done, and what the caller is told already is what matters.
        }
    }

    private void Try(Action write) => Try(() =>
    {
        write();
        return true;
    });

    private T Try<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException(
                $"decoded frames cannot be written to {Path.GetDirectoryName(_file)} ({e.Message}); "
                + "free space there, or name another cache folder.", e);
        }
    }
}
