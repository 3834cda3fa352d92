using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>Streams one video file, of any length, in constant memory.</summary>
public static class VideoFrames
{
    private static readonly TimeSpan DefaultStallTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The frames of <paramref name="path"/>, one at a time, as the evaluation transform makes them.</summary>
    /// <param name="path">Any video that ffmpeg reads.</param>
    /// <param name="resolution">Rows and columns of a frame, 8-2048.</param>
    /// <param name="fit">How pictures are made square.</param>
    /// <param name="cropMargin">As <see cref="VideoFolderOptions.CropMargin"/>: the middle square out of a picture this much larger.</param>
    /// <param name="frameStride">Every how many frames one is given, at least 1.</param>
    /// <param name="warn">Told once, in a sentence, when the video turns out to be damaged after some frames.</param>
    /// <param name="stallTimeout">The longest wait for a frame; default 30 s.</param>
    /// <param name="cancellation">Ends the stream.</param>
    /// <returns>Arrays [H, W, 3], uint8, the caller's to keep. ffmpeg runs while they are enumerated, is held back by a slow
    /// reader, and is stopped when the enumeration is left early.</returns>
    /// <exception cref="InputException">The file is missing, empty or no video, or an argument is out of its range.</exception>
    /// <exception cref="MachineException">ffmpeg is not installed, or gave nothing for <paramref name="stallTimeout"/>.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was signalled.</exception>
    public static IEnumerable<byte[]> Read(
        string path,
        int resolution,
        VideoFit fit = VideoFit.Crop,
        double cropMargin = 1.125,
        int frameStride = 1,
        Action<string>? warn = null,
        TimeSpan? stallTimeout = null,
        CancellationToken cancellation = default) =>
        Read(path, new InputShape(1, resolution, frameStride), fit, cropMargin, warn, stallTimeout ?? DefaultStallTimeout, "ffmpeg", cancellation);

    internal static IEnumerable<byte[]> Read(
        string path,
        InputShape input,
        VideoFit fit,
        double cropMargin,
        Action<string>? warn,
        TimeSpan stallTimeout,
        string program,
        CancellationToken cancellation)
    {
        List<string> faults = [.. ClipSize.Faults(input)];
        if (!(cropMargin is >= 1 and <= 2)) faults.Add($"crop margin must be 1-2, got {cropMargin}");
        if (faults.Count > 0) throw new InputException($"video {path}: {string.Join("; ", faults)}.");
        string fullPath = Path.GetFullPath(path);
        if (VideoDecoder.WhyNotReadable(fullPath) is { } reason) throw new InputException($"video {path}: {reason}.");
        FfmpegProgram ffmpeg = FfmpegProgram.Find(program, cancellation);
        // The middle square of a wide frame is that of a cropped one, and cropped frames come without a header.
        FrameGeometry geometry = FrameGeometry.WithMargin(input.Resolution, cropMargin, fit == VideoFit.Wide ? VideoFit.Crop : fit);
        return Stream(path, ffmpeg, ffmpeg.Arguments(fullPath, geometry, null), geometry, input, warn, stallTimeout, cancellation);
    }

    private static IEnumerable<byte[]> Stream(
        string path,
        FfmpegProgram ffmpeg,
        string[] arguments,
        FrameGeometry geometry,
        InputShape input,
        Action<string>? warn,
        TimeSpan stallTimeout,
        CancellationToken cancellation)
    {
        using FfmpegProcess process = ffmpeg.Start(arguments, stallTimeout, cancellation);
        var frame = new byte[geometry.FrameBytes];
        int offset = (geometry.Side - input.Resolution) / 2;
        long frames = 0;
        for (; process.Read(frame) == frame.Length; frames++)
        {
            if (frames % input.FrameStride != 0) continue;
            var square = new byte[ClipSize.FrameBytes(input.Resolution)];
            StoredVideo.CopyBox(frame, geometry.Side, new FrameBox(offset, offset, input.Resolution, input.Resolution), isMirrored: false, square);
            yield return square;
        }

        if (process.HasStalled)
            throw new MachineException($"video {path}: its decoder gave nothing for {stallTimeout.TotalSeconds:0.#} s after {frames} frames and was stopped.");
        FfmpegEnd end = process.Finish();
        if (frames == 0) throw new InputException($"video {path}: {VideoDecoder.WhyNoFrame(end)}.");
        if (end.ExitCode != 0 || end.Errors.Length > 0)
            warn?.Invoke($"video {path} is damaged or cut off after {frames} frames: {VideoDecoder.Shorten(end.Errors)}");
    }
}
