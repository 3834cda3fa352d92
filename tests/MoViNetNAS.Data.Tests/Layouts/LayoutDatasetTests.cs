using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data.Tests;

[Collection("videos")]
public sealed class LayoutDatasetTests(TestVideos videos)
{
    private static readonly string[] Sources = ["test.avi", "bars.mp4", "levels.avi", "wide.avi"];

    private VideoFolderOptions Options(string folder, IVideoLayout layout) => new()
    {
        Folder = folder,
        Layout = layout,
        Input = new InputShape(4, 16),
        CropMargin = 1,
        CacheFolder = videos.NewFolder(),
    };

    // Copies differ by a few bytes at the end, which no decoder reads.
    private void Copy(int i, string file)
    {
        File.Copy(videos.Path(Sources[i % Sources.Length]), file, overwrite: true);
        using FileStream stream = File.Open(file, FileMode.Append);
        stream.Write(new byte[8 * (i + 1)]);
    }

    private static byte[] Read(VideoFolder data, Split split, int index)
    {
        var pixels = new byte[ClipSize.Bytes(data.Input)];
        data.Read(split, index, null, pixels);
        return pixels;
    }

    [Theory]
    [MemberData(nameof(LayoutFixture.Names), MemberType = typeof(LayoutFixture))]
    public void Every_layout_opens_as_clips_in_three_splits_and_its_check_finds_the_same(string name)
    {
        videos.Require();
        string folder = videos.NewFolder();
        LayoutFixture.Dataset fixture = LayoutFixture.Of(name);
        fixture.WriteTo(folder, Copy);
        VideoFolderOptions options = Options(folder, fixture.Layout);
        var data = new VideoFolder(options);
        Assert.Empty(data.Unusable);
        Assert.Equal(name switch { "charades" => 3, "epic-kitchens-100 verb+noun" => 4, _ => 2 }, data.Classes.Count);
        Assert.Equal(fixture.Layout.HasOneLabel, data.Heads is [{ IsMultiLabel: false }]);
        Assert.Equal(Enumerable.Range(0, data.Classes.Count), data.Heads.SelectMany(head => Enumerable.Range(head.First, head.Count)));
        foreach (Split split in Enum.GetValues<Split>())
        {
            Assert.NotEmpty(data.Items(split));
            for (int i = 0; i < data.Items(split).Count; i++) Assert.Contains(Read(data, split, i), value => value != 0);
        }

        DatasetCheck check = DatasetCheck.Run(options);
        Assert.Equal(name != "kinetics", check.IsSound);
        Assert.Equal(data.Classes, check.Classes.Select(row => row.Name));
        Assert.Equal(Enum.GetValues<Split>().Select(split => data.Items(split).Count), check.Splits.Select(split => split.Usable));
        Assert.Equal(data.Items(Split.Weights).Sum(item => item.Labels.Count), check.Classes.Sum(row => row.Weights));
        if (name == "kinetics") Assert.Contains(data.Warnings, warning => warning.StartsWith("1 videos of 1 sources are left out", StringComparison.Ordinal));
    }

    [Fact]
    public void A_check_counts_a_video_in_each_of_its_classes()
    {
        videos.Require();
        string folder = videos.NewFolder();
        LayoutFixture.Dataset fixture = LayoutFixture.Of("charades");
        fixture.WriteTo(folder, Copy);
        DatasetCheck check = DatasetCheck.Run(Options(folder, fixture.Layout));
        Assert.Equal([(1, 1), (1, 0), (1, 1)], check.Classes.Select(row => (row.Weights + row.Score, row.Test)));
        Assert.Equal(2, check.Splits.Single(split => split.Split == Split.Test).Usable); // one of them has no label
    }

    [Fact]
    public void A_clip_cut_out_of_a_video_is_its_frames_from_start_to_end()
    {
        videos.Require();
        string folder = videos.NewFolder();
        LayoutFixture.Dataset fixture = LayoutFixture.Of("epic-kitchens-100");
        // 20 frames at 10 a second; frame t has grey level 10 t.
        fixture.WriteTo(folder, (_, file) => File.Copy(videos.Path("levels.avi"), file));
        VideoFolderOptions options = Options(folder, fixture.Layout);
        var data = new VideoFolder(options);
        int index = data.Items(Split.Test).Select(item => item.Id).ToList().IndexOf("P02/videos/P02_01.MP4#P02_01_0");
        Assert.Equal(10, data.VideoFrames(Split.Test, index));
        var first = new byte[ClipSize.Bytes(data.Input)];
        data.ReadWindow(Split.Test, index, 0, first);
        byte[] whole = [.. VideoFrames.Read(videos.Path("levels.avi"), 16, cropMargin: 1).Skip(2).Take(4).SelectMany(frame => frame)];
        Assert.Equal(whole, first);
    }

    [Theory]
    [InlineData("img_%05d.png", 1)]
    [InlineData("%d.png", 7)]
    [InlineData("100%% of %03d.png", 0)]
    public void A_folder_of_frames_gives_the_clips_of_its_video(string pattern, int start)
    {
        videos.Require();
        string folder = videos.WithManifest("wide.avi,a,train,x", "frames,b,train,y");
        videos.MakeFrames("wide.avi", Path.Combine(folder, "frames"), pattern, start);
        var data = new VideoFolder(Options(folder, new ManifestLayout()));
        Assert.Empty(data.Unusable);
        Assert.Equal(data.VideoFrames(Split.Weights, 0), data.VideoFrames(Split.Weights, 1));
        Assert.Equal(Read(data, Split.Weights, 0), Read(data, Split.Weights, 1));
    }

    [Fact]
    public void Frames_with_a_gap_or_without_numbers_are_left_out_and_changed_ones_are_decoded_again()
    {
        videos.Require();
        string folder = videos.WithManifest("wide.avi,a,train,x", "frames,b,train,y", "gap,b,train,z", "named,b,train,u");
        videos.MakeFrames("bars.mp4", Path.Combine(folder, "frames"), "%05d.jpg", 1);
        videos.MakeFrames("bars.mp4", Path.Combine(folder, "gap"), "%05d.jpg", 1);
        File.Delete(Path.Combine(folder, "gap", "00007.jpg"));
        Directory.CreateDirectory(Path.Combine(folder, "named"));
        File.Copy(Path.Combine(folder, "frames", "00001.jpg"), Path.Combine(folder, "named", "a.jpg"));
        VideoFolderOptions options = Options(folder, new ManifestLayout());
        var data = new VideoFolder(options);
        Assert.Equal(
            [new("gap", "its frames are not numbered one after another: '00007.jpg' should be where '00008.jpg' is"), new("named", "its frame 'a.jpg' has no number")],
            data.Unusable);
        Assert.Equal(20, data.VideoFrames(Split.Weights, 1));
        File.Delete(Path.Combine(folder, "frames", "00020.jpg"));
        var after = new VideoFolder(options);
        Assert.Equal(19, after.VideoFrames(Split.Weights, 1));
        Assert.NotEqual(data.SplitHash, after.SplitHash);
    }

    [Fact]
    public void A_check_finds_what_is_missing_broken_damaged_copied_and_leaking()
    {
        videos.Require();
        string folder = videos.NewFolder();
        var layout = new ClassFolderLayout { SourcePattern = @"^(p\d)" };
        (string From, string To)[] files =
        [
            ("test.avi", "train/moving/p1.avi"), ("test.avi", "test/moving/p2_copy.avi"), ("short.avi", "train/moving/p3.avi"), ("junk.avi", "train/moving/p4.avi"),
            ("bars.mp4", "train/still/p5.mp4"), ("levels.avi", "train/still/p6.avi"), ("wide.avi", "test/still/p7.avi"), ("truncated.avi", "test/still/p8.avi"), ("bars.mp4", "train/still/p7_b.mp4"),
        ];
        foreach (var (from, to) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, to))!);
            File.Copy(videos.Path(from), Path.Combine(folder, to));
        }

        DatasetCheck check = DatasetCheck.Run(Options(folder, layout) with { });
        Assert.False(check.IsSound);
        Assert.Equal("train/moving/p4.avi", Assert.Single(check.Broken).Path);
        Assert.Equal("test/still/p8.avi", Assert.Single(check.Damaged).Path);
        Assert.Empty(check.Missing);
        DuplicateVideos copy = Assert.Single(check.Duplicates);
        Assert.Equal(["test/moving/p2_copy.avi", "train/moving/p1.avi"], copy.Ids);
        Assert.Equal((false, true, false), (copy.IsOnePath, copy.AcrossSplits, copy.AcrossClasses));
        Assert.Equal(new SourceLeak("p7", Split.Test, Split.Weights, 1, "train/still/p7_b.mp4"), Assert.Single(check.Leaks));
        SplitVideos test = check.Splits.Single(split => split.Split == Split.Test);
        Assert.Equal((3, 3, 3), (test.Listed, test.Usable, test.Sources));
        Assert.Equal(20, test.Lengths!.MaximumFrames);
        Assert.Equal(new ClipLengths(3, 3.5, 4), ClipLengths.Of([4, 3]));
        Assert.Null(ClipLengths.Of([]));
    }

    [Fact]
    public void A_check_counts_missing_videos_where_opening_would_refuse()
    {
        videos.Require();
        string folder = videos.NewFolder();
        LayoutFixture.Dataset fixture = LayoutFixture.Of("ucf101");
        fixture.WriteTo(folder, (_, _) => { });
        VideoFolderOptions options = Options(folder, fixture.Layout);
        Assert.Contains("trainlist01.txt: no usable video is left in the split train. Of 7 videos 7 cannot be used, the first is",
            Assert.Throws<InputException>(() => new VideoFolder(options)).Message);
        DatasetCheck check = DatasetCheck.Run(options);
        Assert.Equal(7, check.Missing.Count);
        Assert.All(check.Splits, split => Assert.Null(split.Lengths));
        Assert.Equal(new ClassVideos("ApplyEyeMakeup", 0, 0, 0), check.Classes[0]);
    }
}
