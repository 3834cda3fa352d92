using System.Globalization;
using System.Text;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>The ffmpeg of this machine and how it wants to be asked.</summary>
internal sealed class FfmpegProgram
{
    private static readonly TimeSpan VersionTimeout = TimeSpan.FromSeconds(20);

    private readonly string _path;
    private readonly bool _hasFpsMode;

    private FfmpegProgram(string path, bool hasFpsMode) => (_path, _hasFpsMode) = (path, hasFpsMode);

    /// <summary>Looks the program up and reads its version.</summary>
    /// <exception cref="MachineException">It is not installed or does not run.</exception>
    public static FfmpegProgram Find(string path, CancellationToken cancellation)
    {
        using var process = new FfmpegProcess(path, ["-version"], VersionTimeout, cancellation);
        var text = new byte[256];
        int length = process.Read(text);
        string version = Encoding.UTF8.GetString(text, 0, length).Split('\n')[0];
        if (!version.StartsWith("ffmpeg", StringComparison.Ordinal))
            throw new MachineException($"'{path} -version' does not answer like ffmpeg: '{version}' {process.Finish().Errors}".TrimEnd());
        return new FfmpegProgram(path, IsAtLeast5_1(version));
    }

    /// <summary>What ffmpeg is asked; also part of a cache file's key.</summary>
    public string[] Arguments(string fullPath, FrameGeometry geometry, long? maximumFrames, VideoSpan? span = null) =>
        Arguments(span is null ? [] : ["-ss", Seconds(span.Start), "-t", Seconds(span.End - span.Start)], fullPath, geometry, maximumFrames);

    /// <summary>As <see cref="Arguments(string, FrameGeometry, long?, VideoSpan?)"/>, for a folder of pictures.</summary>
    public string[] Arguments(FrameFolder frames, FrameGeometry geometry, long? maximumFrames) =>
        Arguments(["-f", "image2", "-pattern_type", "sequence", "-start_number", $"{frames.First}"], frames.Pattern, geometry, maximumFrames);

    /// <summary>Starts decoding; the caller disposes the process.</summary>
    public FfmpegProcess Start(string[] arguments, TimeSpan stallTimeout, CancellationToken cancellation) =>
        new(_path, arguments, stallTimeout, cancellation);

    private string[] Arguments(string[] format, string fullPath, FrameGeometry geometry, long? maximumFrames) =>
    [
        "-nostdin", "-v", "error", "-threads", "1", "-filter_threads", "1",
        "-protocol_whitelist", "file", // a playlist must not open the network
        .. format,
        "-i", $"file:{fullPath}", // so that no name is taken for an option or a protocol
        "-map", "0:V:0", // V: no cover pictures of sound files
        "-vf", geometry.Filters(),
        // Every decoded frame once: the default repeats frames to keep a constant rate, without limit.
        .. _hasFpsMode ? ["-fps_mode", "passthrough"] : (string[])["-vsync", "passthrough"],
        .. maximumFrames is { } frames ? ["-frames:v", frames.ToString()] : (string[])[],
        // Only ffmpeg knows how wide a wide frame becomes: the header of a PPM picture tells.
        .. geometry.Fit == VideoFit.Wide ? ["-f", "image2pipe", "-c:v", "ppm"] : (string[])["-f", "rawvideo"], "-pix_fmt", "rgb24", "pipe:1",
    ];

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture);

    // "ffmpeg version 5.1.9-0+deb12u1 ..." or, built from the repository, "ffmpeg version N-110000-g...", taken for new.
    private static bool IsAtLeast5_1(string version)
    {
        string[] words = version.Split(' ');
        string[] numbers = (words.Length > 2 ? words[2] : "").TrimStart('n').Split('.', '-');
        return !int.TryParse(numbers[0], out int major)
            || major > 5 || (major == 5 && numbers.Length > 1 && int.TryParse(numbers[1], out int minor) && minor >= 1);
    }
}
