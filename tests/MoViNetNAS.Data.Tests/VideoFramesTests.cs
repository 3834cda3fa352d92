using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data.Tests;

[Collection("videos")]
public sealed class VideoFramesTests(TestVideos videos)
{
    [Fact]
    public void A_stream_gives_what_the_evaluation_transform_gives()
    {
        videos.Require();
        string folder = videos.WithManifest("test.avi,moving,train,a", "bars.mp4,still,train,b");
        var data = new VideoFolder(new VideoFolderOptions { Folder = folder, Input = new InputShape(20, 16), CacheFolder = videos.NewFolder() });
        var clip = new byte[ClipSize.Bytes(data.Input)];
        data.Read(Split.Weights, 0, null, clip);
        Assert.Equal(clip, VideoFrames.Read(videos.Path("test.avi"), 16).SelectMany(frame => frame));
        Assert.Equal(7, VideoFrames.Read(videos.Path("test.avi"), 16, frameStride: 3).Count());
    }

    [Fact]
    public void Leaving_early_stops_the_decoder_and_a_damaged_end_is_told()
    {
        videos.Require();
        Assert.Equal(2, VideoFrames.Read(videos.Path("test.avi"), 16).Take(2).Count());
        var warnings = new List<string>();
        Assert.InRange(VideoFrames.Read(videos.Path("truncated.avi"), 16, warn: warnings.Add).Count(), 5, 15);
        Assert.Contains("truncated.avi is damaged or cut off after", Assert.Single(warnings));
    }

    [Theory]
    [InlineData("zero.avi", "is empty (0 bytes)")]
    [InlineData("absent.avi", "the file is missing")]
    [InlineData("junk.avi", "not a video that ffmpeg can read")]
    [InlineData("sound.wav", "only sound")]
    public void What_is_no_video_is_a_users_mistake(string name, string reason)
    {
        videos.Require();
        Assert.Contains(reason, Assert.Throws<InputException>(() => VideoFrames.Read(videos.Path(name), 16).Count()).Message);
    }
}
