using System.Text.RegularExpressions;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>Brings one video into the cache, or says why it cannot be used.</summary>
internal sealed partial class VideoDecoder(
    FfmpegProgram ffmpeg, FrameCache cache, FrameGeometry geometry, int maximumFrames, TimeSpan stallTimeout)
{
    private const int ReasonLength = 300;

    /// <summary>One of <paramref name="Video"/> and <paramref name="Reason"/> is null.</summary>
    internal sealed record Result(StoredVideo? Video, string? Reason);

    /// <summary>Decodes <paramref name="path"/> unless its frames are in the cache.</summary>
    /// <exception cref="MachineException">The cache cannot be written, or ffmpeg not started.</exception>
    /// <exception cref="OperationCanceledException">The cancellation was signalled.</exception>
    public Result Decode(string path, VideoSpan? span, CancellationToken cancellation)
    {
        bool isFolder = Directory.Exists(path);
        var (frames, reason) = isFolder ? FrameFolder.Open(path) : (null, WhyNotReadable(path));
        if (reason is not null) return new Result(null, reason);
        // One frame more than allowed tells a video that is cut from one that just fits.
        string[] arguments = frames is null
            ? ffmpeg.Arguments(path, geometry, maximumFrames + 1L, span)
            : ffmpeg.Arguments(frames, geometry, maximumFrames + 1L);
        string file = cache.FileOf(VideoStamp.Of(path), geometry, arguments);
        if (cache.Open(file, geometry) is { } stored) return new Result(stored, null);
        return Run(arguments, file, cancellation) is { } fault
            ? new Result(null, fault)
            : new Result(
                cache.Open(file, geometry) ?? throw new MachineException($"{file} was written and cannot be read back; the disk may be failing."),
                null);
    }

    /// <summary>Decodes every one of <paramref name="videos"/>, several at a time.</summary>
    /// <exception cref="MachineException">As <see cref="Decode"/>.</exception>
    /// <exception cref="OperationCanceledException">The cancellation was signalled.</exception>
    public static Result[] DecodeAll(
        VideoFolderOptions options, IReadOnlyList<ListedVideo> videos, IProgress<DecodingProgress>? progress, CancellationToken cancellation)
    {
        FfmpegProgram ffmpeg = FfmpegProgram.Find(options.Ffmpeg, cancellation);
        var cache = new FrameCache(Path.GetFullPath(options.CacheFolder ?? FrameCache.DefaultFolder()), options.MemoryBytes);
        var geometry = FrameGeometry.WithMargin(options.Input.Resolution, options.CropMargin, options.Fit);
        var decoder = new VideoDecoder(ffmpeg, cache, geometry, options.MaximumFrames, options.StallTimeout);
        var results = new Result[videos.Count];
        int done = 0;
        var limits = new ParallelOptions { MaxDegreeOfParallelism = options.DecoderThreads, CancellationToken = cancellation };
        // The asynchronous form throws what the first failing video threw, not a collection of it.
        Parallel.ForAsync(0, videos.Count, limits, (i, stop) =>
        {
            results[i] = decoder.Decode(videos[i].FullPath, videos[i].Span, stop);
            progress?.Report(new DecodingProgress(Interlocked.Increment(ref done), videos.Count));
            return ValueTask.CompletedTask;
        }).GetAwaiter().GetResult();
        return results;
    }

    /// <summary>Why <paramref name="path"/> is no file that can be opened, or null.</summary>
    public static string? WhyNotReadable(string path)
    {
        if (Directory.Exists(path)) return "it is a folder";
        if (!File.Exists(path)) return "the file is missing";
        try
        {
            using FileStream stream = File.OpenRead(path);
            return stream.Length == 0 ? "the file is empty (0 bytes)" : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"the file cannot be opened: {e.Message}";
        }
    }

    /// <summary>Why not a single frame came, in plain words.</summary>
    public static string WhyNoFrame(FfmpegEnd end)
    {
        if (end.Errors.Contains("matches no streams", StringComparison.Ordinal)
            || end.Errors.Contains("does not contain any stream", StringComparison.Ordinal))
            return "it holds no video, only sound or other data";
        if ((end.ExitCode == 0 && end.Errors.Length == 0) || end.Errors.Contains("Cannot determine format of input stream", StringComparison.Ordinal))
            return "it holds a video without a single frame";
        if (end.Errors.Contains("moov atom not found", StringComparison.Ordinal))
            return "it is not a video, or one cut off before its table of contents (moov atom not found)";
        if (end.Errors.Contains("Invalid data found when processing input", StringComparison.Ordinal))
            return $"it is not a video that ffmpeg can read, or it is broken: {Shorten(end.Errors)}";
        return $"no frame could be decoded: {Shorten(end.Errors.Length > 0 ? end.Errors : $"ffmpeg ended with {end.ExitCode}")}";
    }

    /// <summary>The first lines of <paramref name="errors"/> as one, without the memory addresses that differ from run to run.</summary>
    public static string Shorten(string errors)
    {
        string line = string.Join("; ", Address().Replace(errors, "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= ReasonLength ? line : line[..ReasonLength] + "...";
    }

    [GeneratedRegex(" @ 0x[0-9a-f]+")]
    private static partial Regex Address();

    private string? Run(string[] arguments, string file, CancellationToken cancellation)
    {
        using FfmpegProcess process = ffmpeg.Start(arguments, stallTimeout, cancellation);
        using FrameFileWriter writer = cache.Create(file);
        var reader = new FrameReader(process, geometry);
        int frames = 0;
        for (; reader.Next() is { } frame; frames++)
        {
            if (frames == maximumFrames)
            {
                writer.Complete(reader.Height, reader.Width, $"only its first {maximumFrames} frames are used, the most allowed");
                return null;
            }

            writer.Append(frame);
        }

        // Where a stall cuts a video is chance, and data must not be: not used even when some frames came.
        if (process.HasStalled) return $"its decoder gave nothing for {stallTimeout.TotalSeconds:0.#} s and was stopped";
        FfmpegEnd end = process.Finish();
        if (frames == 0) return WhyNoFrame(end);
        writer.Complete(reader.Height, reader.Width, end.ExitCode == 0 && end.Errors.Length == 0
            ? ""
            : $"it is damaged or cut off; the {frames} frames that could be decoded are used ({Shorten(end.Errors)})");
        return null;
    }
}
