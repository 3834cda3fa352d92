using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data.Tests;

public sealed class ClassFolderLayoutTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("movinet-classes-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private VideoListing List(ClassFolderLayout layout, params string[] paths)
    {
        foreach (string path in paths) LayoutFixture.Write(_folder, path, "");
        return layout.List(_folder);
    }

    private string FaultOf(ClassFolderLayout layout, params string[] paths) => Assert.Throws<InputException>(() => List(layout, paths)).Message;

    private static string[] Videos(string prefix = "") =>
        [.. from label in (string[])["run", "walk"] from i in Enumerable.Range(0, 10) select $"{prefix}{label}/{i}.avi"];

    private static int[] Counts(VideoListing listing) => [.. Enum.GetValues<Split>().Select(split => listing.Videos.Count(video => video.Split == split))];

    [Fact]
    public void Without_split_folders_every_class_gives_its_shares()
    {
        VideoListing listing = List(new ClassFolderLayout(), [.. Videos(), "run/notes.txt", ".hidden/x.avi"]);
        Assert.Equal([14, 2, 4], Counts(listing));
        Assert.All(listing.Videos.Where(video => video.Split == Split.Test).CountBy(video => video.Labels[0]), pair => Assert.Equal(2, pair.Value));
        Assert.NotEqual(listing.Videos, new ClassFolderLayout { SplitSeed = 2 }.List(_folder).Videos);
    }

    [Fact]
    public void Another_class_moves_no_video_of_the_others()
    {
        VideoListing before = List(new ClassFolderLayout(), Videos());
        VideoListing after = List(new ClassFolderLayout(), [.. Enumerable.Range(0, 10).Select(i => $"jump/{i}.avi")]);
        Assert.Equal(before.Videos, after.Videos.Where(video => video.Labels[0] != "jump"));
    }

    [Fact]
    public void A_lone_held_out_folder_is_the_test_and_all_three_are_what_they_are_called()
    {
        Assert.Equal([18, 2, 20], Counts(List(new ClassFolderLayout(), [.. Videos("train/"), .. Videos("val/")])));
        Assert.Equal([20, 20, 2], Counts(List(new ClassFolderLayout(), "test/run/a.avi", "test/walk/b.avi")));
    }

    [Fact]
    public void A_source_in_the_name_keeps_its_videos_together_and_out_of_train_when_tested()
    {
        var layout = new ClassFolderLayout { SourcePattern = @"^(p\d)_" };
        VideoListing listing = List(layout, "train/run/p1_a.avi", "train/walk/p1_b.avi", "train/run/p2_a.avi", "train/walk/p3_a.avi", "test/run/p1_c.avi", "test/walk/p4_x.avi");
        Assert.Equal(["p1", "p4"], listing.Videos.Where(video => video.Split == Split.Test).Select(video => video.Source));
        Assert.Equal(["p1"], listing.Leaks.Select(leak => leak.Source));
        Assert.Equal(2, listing.Leaks[0].Videos);
    }

    [Fact]
    public void A_folder_of_pictures_is_a_video()
    {
        VideoListing listing = List(new ClassFolderLayout(), "run/a/0001.jpg", "run/a/0002.jpg", "run/b.avi", "walk/c.v2/1.png", "walk/d.mp4");
        Assert.Equal(["run/a", "run/b.avi", "walk/c.v2", "walk/d.mp4"], listing.Videos.Select(video => video.Id));
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        Assert.Contains("holds no video", FaultOf(new ClassFolderLayout()));
        Assert.Contains("1 videos are not in a folder of their class (class/video, or train|val|test/class/video), the first is x.avi", FaultOf(new ClassFolderLayout(), "x.avi"));
        File.Delete(Path.Combine(_folder, "x.avi"));
        Assert.Contains("1 videos are in train, val or test and 1 are not, the first is run/a.avi", FaultOf(new ClassFolderLayout(), "run/a.avi", "train/run/b.avi"));
        Assert.Contains("the source pattern '^(q)' does not match the names of 2 videos", FaultOf(new ClassFolderLayout { SourcePattern = "^(q)" }));
        Assert.Contains("has no group", FaultOf(new ClassFolderLayout { SourcePattern = "^q" }));
        Assert.Contains("cannot be used", FaultOf(new ClassFolderLayout { SourcePattern = "(q" }));
        Assert.Contains("test share must be 0-0.5", FaultOf(new ClassFolderLayout { TestShare = 2 }));
    }
}
