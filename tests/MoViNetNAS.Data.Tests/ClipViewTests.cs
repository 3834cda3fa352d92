using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data.Tests;

[Collection("videos")]
public sealed class ClipViewTests(TestVideos videos)
{
    private VideoFolderOptions Options(string folder, int frames = 4, int stride = 1) => new()
    {
        Folder = folder,
        Input = new InputShape(frames, 16, stride),
        CacheFolder = videos.NewFolder(),
    };

    private string Folder() => videos.WithManifest("levels.avi,still,train,a", "test.avi,moving,train,b", "wide.avi,still,val,c", "short.avi,moving,test,d");

    private static byte[] View(IClipDataset data, Split split, int index, ClipView view)
    {
        var pixels = new byte[ClipSize.Bytes(data.Input)];
        data.ReadView(split, index, view, pixels);
        return pixels;
    }

    private static byte[] Middle(IClipDataset data, Split split, int index)
    {
        var pixels = new byte[ClipSize.Bytes(data.Input)];
        data.Read(split, index, null, pixels);
        return pixels;
    }

    private static byte[] Window(VideoFolder data, int start)
    {
        var pixels = new byte[ClipSize.Bytes(data.Input)];
        data.ReadWindow(Split.Weights, 0, start, pixels);
        return pixels;
    }

    [Fact]
    public void The_single_view_is_the_evaluation_transform_byte_for_byte()
    {
        videos.Require();
        string folder = Folder();
        var crop = new VideoFolder(Options(folder));
        var shapes = new MovingShapes(new MovingShapesOptions { Frames = 4, Resolution = 16, WeightsClips = 8, ScoreClips = 8, TestClips = 8 });
        foreach (IClipDataset data in new IClipDataset[] { crop, new ScoreWindows(crop, 3), shapes })
            foreach (Split split in Enum.GetValues<Split>())
                for (int i = 0; i < data.Items(split).Count; i++) Assert.Equal(Middle(data, split, i), View(data, split, i, ClipView.Middle));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1.0625)]
    [InlineData(1.125)]
    [InlineData(1.19)]
    [InlineData(1.3)]
    public void The_middle_of_a_wide_frame_is_the_cropped_frame_byte_for_byte(double margin)
    {
        videos.Require();
        string folder = Folder();
        var crop = new VideoFolder(Options(folder) with { CropMargin = margin });
        var wide = new VideoFolder(Options(folder) with { CropMargin = margin, Fit = VideoFit.Wide });
        foreach (Split split in Enum.GetValues<Split>())
            for (int i = 0; i < crop.Items(split).Count; i++) Assert.Equal(Middle(crop, split, i), Middle(wide, split, i));
        Assert.Equal(crop.SplitHash, wide.SplitHash);
    }

    [Fact]
    public void Windows_are_evenly_spread_over_the_video()
    {
        videos.Require();
        var data = new VideoFolder(Options(Folder(), stride: 2));
        // 20 frames, 4 of stride 2: offsets 0 ... 12, not 14, as in the official pipeline.
        int[] starts = [0, 3, 6, 9, 12];
        for (int w = 0; w < starts.Length; w++) Assert.Equal(Window(data, starts[w]), View(data, Split.Weights, 0, new ClipView(w, 5, 0, 1)));
        var longer = new VideoFolder(Options(Folder(), frames: 30));
        Assert.Equal(View(longer, Split.Weights, 0, new ClipView(0, 3, 0, 1)), View(longer, Split.Weights, 0, new ClipView(2, 3, 0, 1)));
    }

    [Fact]
    public void Three_crops_are_the_start_middle_and_end_of_the_longer_side()
    {
        videos.Require();
        var data = new VideoFolder(Options(Folder()) with { Fit = VideoFit.Wide, CropMargin = 1 });
        byte[][] crops = [.. ClipView.All(1, 3).Select(view => View(data, Split.Score, 0, view))];
        Assert.All(crops[0].Chunk(3), pixel => Assert.True(pixel[0] > 200 && pixel[2] < 60)); // the left half is red, the seam blurred
        Assert.All(crops[2].Chunk(3), pixel => Assert.True(pixel[2] > 200 && pixel[0] < 60));
        Assert.Equal(Middle(data, Split.Score, 0), crops[1]);
        byte[][] upright = [.. ClipView.All(1, 3).Select(view => View(data, Split.Test, 0, view))]; // 48 x 64
        Assert.Equal(3, upright.Select(Convert.ToHexString).Distinct().Count());
        byte[][] square = [.. ClipView.All(1, 3).Select(view => View(data, Split.Weights, 0, view))];
        Assert.Equal(square[0], square[2]);
    }

    [Fact]
    public void Training_takes_its_squares_from_the_whole_of_a_wide_picture()
    {
        videos.Require();
        var data = new VideoFolder(Options(videos.WithManifest("wide.avi,still,train,a", "test.avi,moving,train,b")) with { Fit = VideoFit.Wide, CropMargin = 1, IsFlipped = false });
        var pixels = new byte[ClipSize.Bytes(data.Input)];
        var columns = new HashSet<int>(); // red columns of the square: 32 x 16 frames have 17 squares
        for (int i = 0; i < 300; i++)
        {
            data.Read(Split.Weights, 0, new RandomStream((ulong)i), pixels);
            columns.Add(pixels.Take(48).Chunk(3).Count(pixel => pixel[0] > 127));
        }

        Assert.Equal(Enumerable.Range(0, 17), columns.Order());
    }

    [Fact]
    public void A_wide_video_is_found_in_the_cache_again_and_its_length_is_limited()
    {
        videos.Require();
        string folder = videos.WithManifest("wide.avi,still,train,a", "test.avi,moving,train,b");
        VideoFolderOptions options = Options(folder) with { Fit = VideoFit.Wide };
        byte[] first = View(new VideoFolder(options), Split.Weights, 0, new ClipView(0, 1, 2, 3));
        DateTime[] written = [.. Directory.GetFiles(options.CacheFolder!).Select(File.GetLastWriteTimeUtc)];
        foreach (long memory in new[] { 0, 1L << 30 })
            Assert.Equal(first, View(new VideoFolder(options with { MemoryBytes = memory }), Split.Weights, 0, new ClipView(0, 1, 2, 3)));
        Assert.Equal(written, Directory.GetFiles(options.CacheFolder!).Select(File.GetLastWriteTimeUtc));
        Assert.Equal([64 + 10 * 36 * 18 * 3, 64 + 20 * 24 * 18 * 3], Directory.GetFiles(options.CacheFolder!).Select(file => new FileInfo(file).Length).Order());
        var geometry = new FrameGeometry(16, VideoFit.Wide);
        Assert.True(geometry.Allows(16, 64) && geometry.Allows(20, 16));
        Assert.False(geometry.Allows(16, 65) || geometry.Allows(15, 20));
    }

    [Fact]
    public void Pictures_that_change_their_shape_are_brought_to_that_of_the_first()
    {
        videos.Require();
        string folder = videos.WithManifest("test.avi,still,train,a", "frames,moving,train,b");
        videos.MakeFrames("test.avi", Path.Combine(folder, "frames"), "%03d.png", 1); // 64 x 48
        videos.MakeFrames("short.avi", Path.Combine(folder, "frames"), "%03d.png", 21); // 48 x 64
        VideoFolderOptions options = Options(folder) with { Fit = VideoFit.Wide };
        var data = new VideoFolder(options);
        Assert.Equal(23, data.VideoFrames(Split.Weights, 1));
        Assert.Empty(data.Warnings);
        Assert.Equal([64 + 20 * 24 * 18 * 3, 64 + 23 * 24 * 18 * 3], Directory.GetFiles(options.CacheFolder!).Select(file => new FileInfo(file).Length).Order());
    }

    [Fact]
    public void Views_that_a_data_set_does_not_have_are_refused_in_a_sentence()
    {
        videos.Require();
        var crop = new VideoFolder(Options(Folder()));
        Assert.Contains("3 crops need frames that keep their long side: set data.fit to 'wide', not 'crop'.",
            Assert.Throws<InputException>(() => View(crop, Split.Weights, 0, new ClipView(0, 1, 0, 3))).Message);
        Assert.Contains("each clip of the score split is one of 3 windows",
            Assert.Throws<InputException>(() => View(new ScoreWindows(crop, 3), Split.Score, 0, new ClipView(0, 2, 0, 1))).Message);
        Assert.Contains("has one window and one crop of each clip, not 2 x 1", Assert.Throws<InputException>(() => View(
            new MovingShapes(new MovingShapesOptions { Frames = 4, Resolution = 16 }), Split.Test, 0, new ClipView(0, 2, 0, 1))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => ClipView.All(1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClipView.All(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => View(crop, Split.Weights, 0, new ClipView(2, 2, 0, 1)));
    }

    [Fact]
    public void All_views_come_window_by_window()
    {
        IReadOnlyList<ClipView> views = ClipView.All(2, 3);
        Assert.Equal([new ClipView(0, 2, 0, 3), new ClipView(0, 2, 1, 3), new ClipView(0, 2, 2, 3)], views.Take(3));
        Assert.Equal(6, views.Distinct().Count());
        Assert.Equal([ClipView.Middle], ClipView.All(1, 1));
    }
}
