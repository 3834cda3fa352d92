using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data.Tests;

[Collection("videos")]
public sealed class SamplingTests(TestVideos videos)
{
    private VideoFolderOptions Options(int frames, params string[] rows) => new()
    {
        Folder = videos.WithManifest(rows.Length > 0 ? rows : ["levels.avi,still,train,a", "test.avi,moving,train,b", "bars.mp4,still,val,c"]),
        Input = new InputShape(frames, 16),
        CropMargin = 1,
        IsFlipped = false,
        CacheFolder = videos.NewFolder(),
    };

    private static byte[] Read(IClipDataset data, Split split, int index, RandomStream? augmentation = null)
    {
        var pixels = new byte[ClipSize.Bytes(data.Input)];
        data.Read(split, index, augmentation, pixels);
        return pixels;
    }

    private static byte[] Levels(byte[] clip) => [.. clip.Chunk(16 * 16 * 3).Select(frame => frame[0])];

    [Fact]
    public void Segments_cover_the_video_with_one_frame_of_each_part()
    {
        Assert.Equal([2, 7, 12, 17], FrameChoice.Segments(20, 4, () => 0.5));
        Assert.Equal([0, 0, 1, 2, 2], FrameChoice.Segments(3, 5, () => 0.5));
        Assert.Equal([0, 5, 10, 15], FrameChoice.Segments(20, 4, () => 0));
        Assert.Equal([4, 9, 14, 19], FrameChoice.Segments(20, 4, () => 1 - 1e-9));
        Assert.Equal([0, 0], FrameChoice.Segments(1, 2, () => 1 - 1e-9));
        var random = new RandomStream(1);
        var seen = new HashSet<int>();
        for (int i = 0; i < 300; i++)
        {
            int[] frames = FrameChoice.Segments(20, 4, random.Uniform);
            for (int t = 0; t < 4; t++) Assert.InRange(frames[t], 5 * t, 5 * t + 4);
            seen.UnionWith(frames);
        }

        Assert.Equal(20, seen.Count);
    }

    [Fact]
    public void A_video_in_segments_is_taken_whole_in_training_and_evaluation()
    {
        videos.Require();
        VideoFolderOptions options = Options(4) with { Sampling = FrameSampling.Segments };
        var data = new VideoFolder(options);
        byte[] every = Levels(Read(new VideoFolder(options with { Input = new InputShape(20, 16), Sampling = FrameSampling.Dense }), Split.Weights, 0));
        Assert.Equal([every[2], every[7], every[12], every[17]], Levels(Read(data, Split.Weights, 0)));
        var clips = Enumerable.Range(0, 40).Select(i => Levels(Read(data, Split.Weights, 0, new RandomStream((ulong)i)))).ToList();
        Assert.All(clips, clip => Assert.All(Enumerable.Range(0, 4), t => Assert.InRange(clip[t], every[5 * t], every[5 * t + 4])));
        Assert.True(clips.Select(Convert.ToHexString).Distinct().Count() > 20);
        Assert.Equal(clips[7], Levels(Read(data, Split.Weights, 0, new RandomStream(7))));
        // The frame stride plays no part, and windows lie between one another.
        Assert.Equal(Read(data, Split.Weights, 0), Read(new VideoFolder(options with { Input = new InputShape(4, 16, 7) }), Split.Weights, 0));
        Assert.Equal(Read(data, Split.Score, 0), Read(new ScoreWindows(data, 1), Split.Score, 0));
        Assert.NotEqual(Read(new ScoreWindows(data, 2), Split.Score, 0), Read(data, Split.Score, 0));
        var view = new byte[ClipSize.Bytes(data.Input)];
        data.ReadView(Split.Weights, 0, new ClipView(1, 2, 0, 1), view);
        Assert.Equal([every[3], every[8], every[13], every[18]], Levels(view));
    }

    [Fact]
    public void A_stride_range_has_no_use_with_segments() => Assert.Contains(
        "stride range must be 0 when segments are sampled, which have no stride, got 1",
        Assert.Throws<InputException>(() => new VideoFolder(new VideoFolderOptions
        {
            Folder = "nowhere",
            Input = new InputShape(4, 16),
            Sampling = FrameSampling.Segments,
            StrideRange = 1,
        })).Message);

    [Fact]
    public void Shuffled_clips_have_the_same_frames_in_an_order_of_their_own()
    {
        videos.Require();
        VideoFolderOptions options = Options(16, "levels.avi,still,train,a", "test.avi,moving,train,b", "copy.avi,still,train,a");
        File.Copy(videos.Path("levels.avi"), Path.Combine(options.Folder, "copy.avi"));
        var plain = new VideoFolder(options);
        var shuffled = new VideoFolder(options with { IsTimeShuffled = true });
        byte[] frames = Levels(Read(plain, Split.Weights, 0)), first = Levels(Read(shuffled, Split.Weights, 0)), second = Levels(Read(shuffled, Split.Weights, 2));
        Assert.Equal(frames, first.Order());
        Assert.Equal(frames, second.Order());
        Assert.NotEqual(frames, first);
        Assert.NotEqual(first, second); // the same video under another name
        Assert.Equal(first, Levels(Read(new VideoFolder(options with { IsTimeShuffled = true }), Split.Weights, 0)));
        Assert.NotEqual(plain.SplitHash, shuffled.SplitHash);
        Assert.EndsWith("-shuffled", shuffled.Name);

        byte[] training = Levels(Read(shuffled, Split.Weights, 0, new RandomStream(3)));
        Assert.Equal(Levels(Read(plain, Split.Weights, 0, new RandomStream(3))).Order(), training.Order());
        Assert.NotEqual(training, Levels(Read(shuffled, Split.Weights, 0, new RandomStream(4))));
        Assert.Equal(training, Levels(Read(shuffled, Split.Weights, 0, new RandomStream(3))));
    }

    [Fact]
    public void The_videos_of_the_source_left_out_are_the_test_and_all_others_train()
    {
        videos.Require();
        VideoFolderOptions options = Options(
            4, "levels.avi,still,train,eli", "test.avi,moving,train,daria", "bars.mp4,still,val,ido", "wide.avi,moving,test,eli2", "short.avi,moving,train,eli");
        var whole = new VideoFolder(options);
        Assert.Equal(["eli", "daria", "ido", "eli2"], whole.Sources);
        var hashes = new HashSet<string> { whole.SplitHash };
        foreach (string source in whole.Sources)
        {
            var fold = new VideoFolder(options with { LeaveOut = source });
            Assert.Equal(whole.Sources, fold.Sources);
            Assert.All(fold.Items(Split.Test), item => Assert.Equal(source, item.Source));
            Assert.All(fold.Items(Split.Weights), item => Assert.NotEqual(source, item.Source));
            Assert.Empty(fold.Items(Split.Score));
            Assert.Equal(5, fold.Items(Split.Test).Count + fold.Items(Split.Weights).Count);
            Assert.True(hashes.Add(fold.SplitHash));
        }

        string message = Assert.Throws<InputException>(() => new VideoFolder(options with { LeaveOut = "darla" })).Message;
        Assert.Contains("manifest.csv: no video has the source 'darla' that is to be left out; did you mean 'daria'? Its sources are eli, daria, ido, eli2.", message);
        Assert.Equal([1, 4], [.. DatasetCheck.Run(options with { LeaveOut = "ido" }).Splits.OrderByDescending(split => split.Split).Select(split => split.Listed)]);
    }
}
