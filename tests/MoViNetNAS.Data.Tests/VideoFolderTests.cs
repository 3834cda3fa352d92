using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data.Tests;

[Collection("videos")]
public sealed class VideoFolderTests(TestVideos videos)
{
    private static readonly string[] GoodRows =
        ["test.avi,moving,train,a", "bars.mp4,still,train,b", "levels.avi,still,val,c", "wide.avi,still,test,d", "short.avi,moving,test,e"];

    private VideoFolderOptions Options(string folder, int frames = 4, int resolution = 16, int stride = 1) => new()
    {
        Folder = folder,
        Input = new InputShape(frames, resolution, stride),
        CropMargin = 1,
        CacheFolder = videos.NewFolder(),
    };

    private static byte[] Read(VideoFolder data, Split split, int index, RandomStream? augmentation = null)
    {
        var pixels = new byte[ClipSize.Bytes(data.Input)];
        data.Read(split, index, augmentation, pixels);
        return pixels;
    }

    private static byte[] Levels(byte[] clip) => [.. clip.Chunk(16 * 16 * 3).Select(frame => frame[0])];

    [Fact]
    public void A_folder_becomes_three_splits()
    {
        videos.Require();
        var reports = new List<DecodingProgress>();
        var data = new VideoFolder(Options(videos.WithManifest(GoodRows)), new Immediate(reports));
        Assert.Equal(["moving", "still"], data.Classes);
        Assert.Empty(data.Unusable);
        Assert.Empty(data.Warnings);
        Assert.Equal([new ClipItem("test.avi", 0, "a"), new ClipItem("bars.mp4", 1, "b")], data.Items(Split.Weights));
        Assert.Equal([20, 20], [data.VideoFrames(Split.Weights, 0), data.VideoFrames(Split.Weights, 1)]);
        Assert.Equal(3, data.VideoFrames(Split.Test, 1));
        Assert.Equal([1, 2, 3, 4, 5], reports.Select(report => report.Done).Order());
        Assert.All(reports, report => Assert.Equal(5, report.Total));
    }

    [Fact]
    public void Evaluation_takes_the_middle_and_goes_round_when_short()
    {
        videos.Require();
        string folder = videos.WithManifest([.. GoodRows, "copy.avi,still,val,c"]);
        File.Copy(Path.Combine(folder, "levels.avi"), Path.Combine(folder, "copy.avi"));
        var data = new VideoFolder(Options(folder));
        // 20 frames, frame t has luma 10 t: (20 - 4) / 2 = 8 is the first.
        AssertRising(Levels(Read(data, Split.Score, 0)), 8, 1);
        AssertRising(Levels(Read(new VideoFolder(Options(folder, stride: 3)), Split.Score, 0)), 4, 3);
        byte[] wrapped = Read(new VideoFolder(Options(folder, frames: 25)), Split.Score, 0);
        Assert.Equal(Levels(wrapped)[..5], Levels(wrapped)[20..]);
        var window = new byte[ClipSize.Bytes(data.Input)];
        data.ReadWindow(Split.Score, 0, 18, window);
        byte[] levels = Levels(window);
        Assert.True(levels[1] > 150 && levels[2] < 10, string.Join(' ', levels));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.ReadWindow(Split.Score, 0, 20, window));
    }

    // Limited-range luma 16-235 becomes 0-255; the exact value is swscale's business, order and spacing are ours.
    private static void AssertRising(byte[] levels, int start, int stride)
    {
        for (int t = 0; t < levels.Length; t++)
        {
            double luma = (start + t * stride) * 10, full = Math.Clamp((luma - 16) * 255 / 219, 0, 255);
            Assert.True(Math.Abs(levels[t] - full) <= 3 || Math.Abs(levels[t] - luma) <= 3, $"frame {t}: {levels[t]}, luma {luma}");
        }
    }

    [Fact]
    public void Training_clips_start_anywhere_and_run_forward_with_their_stride()
    {
        videos.Require();
        string folder = videos.WithManifest("levels.avi,still,train,a", "test.avi,moving,train,b");
        var data = new VideoFolder(Options(folder, stride: 2) with { StrideRange = 1 });
        var first = new HashSet<byte>();
        var strides = new HashSet<int>();
        for (int i = 0; i < 300; i++)
        {
            byte[] levels = Levels(Read(data, Split.Weights, 0, new RandomStream((ulong)i)));
            first.Add(levels[0]);
            if (levels[0] > 40) strides.Add((int)Math.Round((levels[3] - levels[0]) / 3.0 / (255 / 21.9)));
            Assert.True(levels[0] < levels[3] || levels[0] == 0, string.Join(' ', levels));
        }

        Assert.InRange(first.Count, 14, 18); // of 20 frames the last 3 or 6 are no start; dark ones look alike
        Assert.Equal([1, 2], strides.Order());
    }

    [Fact]
    public void Crop_keeps_the_middle_stretch_keeps_all_and_pad_adds_black()
    {
        videos.Require();
        string folder = videos.WithManifest("wide.avi,still,train,a", "test.avi,moving,train,b");
        foreach (VideoFit fit in Enum.GetValues<VideoFit>())
        {
            byte[] clip = Read(new VideoFolder(Options(folder) with { Fit = fit }), Split.Weights, 0);
            (byte R, byte G, byte B) At(int row, int column) => (clip[(row * 16 + column) * 3], clip[(row * 16 + column) * 3 + 1], clip[(row * 16 + column) * 3 + 2]);
            Assert.True(At(8, 0).R > 240 && At(8, 0).B < 15, $"{fit} {At(8, 0)}"); // left half red
            Assert.True(At(8, 15).B > 240 && At(8, 15).R < 15, $"{fit} {At(8, 15)}");
            Assert.Equal(fit == VideoFit.Pad, At(1, 2) == (0, 0, 0));
        }
    }

    [Fact]
    public void Training_mirrors_half_of_the_clips_and_moves_the_crop()
    {
        videos.Require();
        string folder = videos.WithManifest("wide.avi,still,train,a", "test.avi,moving,train,b");
        var data = new VideoFolder(Options(folder) with { CropMargin = 1.25 });
        int mirrored = Enumerable.Range(0, 200).Count(i => Read(data, Split.Weights, 0, new RandomStream((ulong)i))[0] < 100);
        Assert.InRange(mirrored, 72, 128); // 4 sigma
        var edges = Enumerable.Range(0, 200)
            .Select(i => Read(data, Split.Weights, 0, new RandomStream((ulong)i)).Take(48).Chunk(3).Count(pixel => pixel[0] > 100));
        Assert.Equal([6, 7, 8, 9, 10], edges.Distinct().Order());
        var plain = new VideoFolder(Options(folder) with { IsFlipped = false });
        Assert.All(Enumerable.Range(0, 50), i => Assert.True(Read(plain, Split.Weights, 0, new RandomStream((ulong)i))[0] > 100));
    }

    [Fact]
    public void Unusable_videos_are_left_out_with_the_reason_in_plain_words()
    {
        videos.Require();
        string folder = videos.WithManifest([
            .. GoodRows, "truncated.avi,moving,train,f", "truncated.mp4,moving,train,f", "zero.avi,moving,train,f", "junk.mp4,moving,train,f", "junk.avi,moving,train,f",
            "sound.wav,moving,train,f", "sound.mp4,moving,train,f", "none.avi,moving,train,f", "absent.avi,moving,train,f", "sub,moving,train,f"]);
        Directory.CreateDirectory(Path.Combine(folder, "sub"));
        var data = new VideoFolder(Options(folder));
        Dictionary<string, string> reasons = data.Unusable.ToDictionary(video => video.Path, video => video.Reason);
        foreach ((string path, string reason) in reasons) TestContext.Current.TestOutputHelper?.WriteLine($"{path}: {reason}");
        Assert.Equal(9, reasons.Count);
        Assert.Contains("cut off before its table of contents", reasons["truncated.mp4"]);
        Assert.Equal("the file is empty (0 bytes)", reasons["zero.avi"]);
        Assert.Contains("it is not a video", reasons["junk.mp4"]);
        Assert.Contains("it is not a video that ffmpeg can read", reasons["junk.avi"]);
        Assert.Equal("it holds no video, only sound or other data", reasons["sound.wav"]);
        Assert.Equal("it holds no video, only sound or other data", reasons["sound.mp4"]);
        Assert.Equal("it holds a video without a single frame", reasons["none.avi"]);
        Assert.Equal("the file is missing", reasons["absent.avi"]);
        Assert.Equal("it is a folder without pictures", reasons["sub"]);

        string warning = Assert.Single(data.Warnings);
        TestContext.Current.TestOutputHelper?.WriteLine(warning);
        Assert.StartsWith("truncated.avi: it is damaged or cut off; the ", warning);
        Assert.Equal("truncated.avi", data.Items(Split.Weights)[2].Id);
        Assert.InRange(data.VideoFrames(Split.Weights, 2), 5, 15);
        Assert.Equal(data.Warnings, new VideoFolder(Options(folder) with { CacheFolder = Options(folder).CacheFolder }).Warnings);
    }

    [Fact]
    public void A_split_left_without_a_usable_video_is_an_error()
    {
        videos.Require();
        string folder = videos.WithManifest("test.avi,moving,train,a", "bars.mp4,still,train,b", "zero.avi,still,val,c");
        string message = Assert.Throws<InputException>(() => new VideoFolder(Options(folder))).Message;
        Assert.Contains("no usable video is left in the split val. Of 3 videos 1 cannot be used, the first is zero.avi: the file is empty", message);
        folder = videos.WithManifest("test.avi,moving,train,a", "junk.mp4,still,train,b");
        Assert.Contains("usable videos of 1 class only", Assert.Throws<InputException>(() => new VideoFolder(Options(folder))).Message);
    }

    [Fact]
    public void A_second_start_decodes_nothing_and_gives_the_same_bytes()
    {
        videos.Require();
        VideoFolderOptions options = Options(videos.WithManifest([.. GoodRows, "truncated.avi,moving,train,f"]));
        var first = new VideoFolder(options);
        DateTime[] written = Times();
        var second = new VideoFolder(options);
        var fromDisk = new VideoFolder(options with { MemoryBytes = 0 });
        Assert.Equal(written, Times());
        Assert.Equal(6, written.Length);
        Assert.Equal(first.SplitHash, second.SplitHash);
        Assert.Equal(first.Warnings, second.Warnings);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(Read(first, Split.Weights, i), Read(second, Split.Weights, i));
            Assert.Equal(Read(first, Split.Weights, i, new RandomStream(4)), Read(fromDisk, Split.Weights, i, new RandomStream(4)));
        }

        DateTime[] Times() => [.. Directory.GetFiles(options.CacheFolder!).Order(StringComparer.Ordinal).Select(File.GetLastWriteTimeUtc)];
    }

    [Theory]
    [InlineData("a byte of a frame is changed")]
    [InlineData("a byte of the header is changed")]
    [InlineData("the end is cut off")]
    [InlineData("the file is empty")]
    public void A_damaged_cache_file_is_made_again(string damage)
    {
        videos.Require();
        VideoFolderOptions options = Options(videos.WithManifest("test.avi,moving,train,a", "bars.mp4,still,train,b"));
        byte[] clip = Read(new VideoFolder(options), Split.Weights, 0);
        Dictionary<string, byte[]> files = Directory.GetFiles(options.CacheFolder!).ToDictionary(file => file, File.ReadAllBytes);
        foreach ((string file, byte[] content) in files)
        {
            byte[] damaged = [.. content];
            if (damage.Contains("frame")) damaged[5000] ^= 1;
            if (damage.Contains("header")) damaged[12] ^= 1;
            File.WriteAllBytes(file, damage.Contains("cut") ? damaged[..^7] : damage.Contains("empty") ? [] : damaged);
        }

        foreach (long memory in new[] { 0L, 1L << 30 })
            Assert.Equal(clip, Read(new VideoFolder(options with { MemoryBytes = memory }), Split.Weights, 0));
        Assert.All(files, pair => Assert.Equal(pair.Value, File.ReadAllBytes(pair.Key)));
    }

    [Fact]
    public void A_changed_video_is_decoded_again_and_changes_the_split_hash()
    {
        videos.Require();
        string folder = videos.WithManifest("test.avi,moving,train,a", "bars.mp4,still,train,b");
        VideoFolderOptions options = Options(folder);
        var before = new VideoFolder(options);
        File.Copy(videos.Path("levels.avi"), Path.Combine(folder, "test.avi"), overwrite: true);
        var after = new VideoFolder(options);
        Assert.NotEqual(Read(before, Split.Weights, 0), Read(after, Split.Weights, 0));
        Assert.NotEqual(before.SplitHash, after.SplitHash);
    }

    [Fact]
    public void A_cache_folder_that_cannot_be_written_is_named()
    {
        videos.Require();
        string file = Path.Combine(videos.NewFolder(), "file");
        File.WriteAllText(file, "");
        VideoFolderOptions options = Options(videos.WithManifest(GoodRows)) with { CacheFolder = Path.Combine(file, "cache") };
        Assert.Contains($"cannot be written to {file}", Assert.Throws<MachineException>(() => new VideoFolder(options)).Message);
    }

    [Fact]
    public void A_cache_removed_during_a_run_is_told_as_such()
    {
        videos.Require();
        VideoFolderOptions options = Options(videos.WithManifest(GoodRows)) with { MemoryBytes = 0 };
        var data = new VideoFolder(options);
        Directory.Delete(options.CacheFolder!, recursive: true);
        Assert.Contains("cannot be read any more", Assert.Throws<MachineException>(() => Read(data, Split.Weights, 0)).Message);
    }

    [Fact]
    public void A_long_video_is_cut_with_a_warning_and_one_that_just_fits_is_not()
    {
        videos.Require();
        string folder = videos.WithManifest("test.avi,moving,train,a", "short.avi,still,train,b");
        var data = new VideoFolder(Options(folder) with { MaximumFrames = 12 });
        Assert.Equal(12, data.VideoFrames(Split.Weights, 0));
        Assert.Equal("test.avi: only its first 12 frames are used, the most allowed", Assert.Single(data.Warnings));
        Assert.Empty(new VideoFolder(Options(folder) with { MaximumFrames = 20 }).Warnings);
    }

    [Fact]
    public void A_class_never_trained_is_a_warning()
    {
        videos.Require();
        string folder = videos.WithManifest("test.avi,moving,train,a", "bars.mp4,still,train,b", "wide.avi,odd,test,c");
        Assert.Equal("class 'odd' has no usable video to train on", Assert.Single(new VideoFolder(Options(folder)).Warnings));
    }

    [Fact]
    public void Weizmann_silhouettes_load()
    {
        videos.Require();
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "MoViNetNAS.sln"))) root = root.Parent;
        string folder = Path.GetFullPath(Path.Combine(root?.FullName ?? "", "..", "shared", "data", "weizmann-silhouettes"));
        if (!Directory.Exists(folder)) Assert.Skip($"the Weizmann silhouettes are not at {folder}");
        var data = new VideoFolder(Options(folder, frames: 8, resolution: 32, stride: 3) with { Fit = VideoFit.Stretch });
        Assert.Equal(10, data.Classes.Count);
        Assert.Equal([53, 10, 10], Enum.GetValues<Split>().Select(split => data.Items(split).Count));
        Assert.Empty(data.Unusable);
        Assert.Empty(data.Warnings);
        Assert.InRange(Enumerable.Range(0, 53).Min(i => data.VideoFrames(Split.Weights, i)), 28, 146);
        Assert.Contains(Read(data, Split.Score, 0), value => value > 200);
    }

    private sealed class Immediate(List<DecodingProgress> reports) : IProgress<DecodingProgress>
    {
        public void Report(DecodingProgress value)
        {
            lock (reports) reports.Add(value);
        }
    }
}
