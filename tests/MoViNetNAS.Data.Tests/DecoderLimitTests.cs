using System.Diagnostics;
using MoViNetNAS.Spaces;
using Xunit.Sdk;

namespace MoViNetNAS.Data.Tests;

/// <summary>Programs in the place of ffmpeg that misbehave: nothing may hang, and nothing may be left running.</summary>
[Collection("videos")]
public sealed class DecoderLimitTests(TestVideos videos)
{
    private const string Version = "if [ \"$1\" = -version ]; then echo ffmpeg version 6.0 fake; exit 0; fi\n";

    private string Fake(string script)
    {
        if (OperatingSystem.IsWindows()) throw SkipException.ForSkip("the programs that misbehave are shell scripts");
        string path = Path.Combine(videos.NewFolder(), "ffmpeg");
        File.WriteAllText(path, "#!/bin/sh\n" + script);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private VideoFolderOptions Options(string program)
    {
        string folder = videos.WithManifest("a.avi,x,train,a", "b.avi,y,train,b", "c.avi,y,train,c", "d.avi,y,train,d");
        foreach (string name in new[] { "a.avi", "b.avi", "c.avi", "d.avi" }) File.WriteAllText(Path.Combine(folder, name), "any");
        return new VideoFolderOptions
        {
            Folder = folder,
            Input = new InputShape(2, 16),
            CacheFolder = videos.NewFolder(),
            StallTimeout = TimeSpan.FromSeconds(0.5),
            Ffmpeg = program,
        };
    }

    [Fact]
    public void A_decoder_that_sleeps_is_stopped()
    {
        string mark = $"7{Environment.ProcessId}";
        VideoFolderOptions options = Options(Fake(Version + $"sleep {mark}\n"));
        long since = Stopwatch.GetTimestamp();
        string message = Assert.Throws<InputException>(() => new VideoFolder(options)).Message;
        Assert.InRange(Stopwatch.GetElapsedTime(since).TotalSeconds, 0.9, 15);
        Assert.Contains("Of 4 videos 4 cannot be used, the first is a.avi: its decoder gave nothing for 0.5 s and was stopped", message);
        AssertNoneIsLeft($"sleep\0{mark}");
    }

    [Fact]
    public void A_decoder_that_stalls_after_some_frames_gives_no_data()
    {
        VideoFolderOptions options = Options(Fake(Version + "head -c 20000 /dev/zero; sleep 60\n"));
        Assert.Contains("gave nothing for 0.5 s", Assert.Throws<InputException>(() => new VideoFolder(options)).Message);
        Assert.Empty(Directory.GetFiles(options.CacheFolder!));
    }

    [Fact]
    public void A_decoder_that_never_ends_is_stopped_at_the_most_frames()
    {
        string program = Fake(Version + "exec cat /dev/zero\n");
        var data = new VideoFolder(Options(program) with { MaximumFrames = 50 });
        Assert.Equal(50, data.VideoFrames(Split.Weights, 3));
        Assert.Equal(4, data.Warnings.Count);
        AssertNoneIsLeft("cat\0/dev/zero");
    }

    [Fact]
    public void A_decoder_that_complains_without_end_does_not_block()
    {
        string program = Fake(Version + "yes complaint | head -c 3000000 >&2; head -c 2000 /dev/zero; exit 0\n");
        var data = new VideoFolder(Options(program));
        Assert.Equal(2, data.VideoFrames(Split.Weights, 0)); // 18 x 18 x 3 bytes a frame: 2 whole ones
        Assert.All(data.Warnings, warning => Assert.InRange(warning.Length, 50, 500));
    }

    [Fact]
    public void Cancelling_stops_the_decoders()
    {
        string mark = $"8{Environment.ProcessId}";
        VideoFolderOptions options = Options(Fake(Version + $"sleep {mark}\n")) with { StallTimeout = TimeSpan.FromMinutes(5) };
        using var cancel = new CancellationTokenSource(500);
        long since = Stopwatch.GetTimestamp();
        Assert.ThrowsAny<OperationCanceledException>(() => new VideoFolder(options, null, cancel.Token));
        Assert.InRange(Stopwatch.GetElapsedTime(since).TotalSeconds, 0, 10);
        AssertNoneIsLeft($"sleep\0{mark}");
    }

    [Fact]
    public void A_missing_ffmpeg_says_how_to_install_it() =>
        Assert.Contains("no-such-ffmpeg is not installed: `apt-get install ffmpeg`",
            Assert.Throws<MachineException>(() => new VideoFolder(Options("no-such-ffmpeg"))).Message);

    [Fact]
    public void Another_program_is_not_taken_for_ffmpeg() =>
        Assert.Contains("does not answer like ffmpeg", Assert.Throws<MachineException>(() => new VideoFolder(Options(Fake("echo hello\n")))).Message);

    [Fact]
    public void A_stream_that_stalls_ends_with_an_error()
    {
        string program = Fake(Version + "head -c 768 /dev/zero; sleep 60\n");
        IEnumerable<byte[]> frames = VideoFrames.Read(
            Path.Combine(Options(program).Folder, "a.avi"), new InputShape(1, 16), VideoFit.Crop, 1, null, TimeSpan.FromSeconds(0.5), program, default);
        Assert.Contains("gave nothing for 0.5 s after 1 frames", Assert.Throws<MachineException>(() => frames.Count()).Message);
    }

    private static void AssertNoneIsLeft(string commandLine)
    {
        if (!OperatingSystem.IsLinux()) return;
        for (int attempt = 0; ; attempt++)
        {
            int left = Directory.GetDirectories("/proc").Count(process =>
            {
                try
                {
                    return File.ReadAllText(Path.Combine(process, "cmdline")).Contains(commandLine, StringComparison.Ordinal);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    return false; // ended meanwhile
                }
            });
            if (left == 0) return;
            Assert.True(attempt < 20, $"{left} processes are left running");
            Thread.Sleep(100);
        }
    }
}
