using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data.Tests;

/// <summary>What a training clip is taught where the annotations say when each class is to be seen.</summary>
[Collection("videos")]
public sealed class ClipLabelTests(TestVideos videos)
{
    private const int Held = 0, Put = 1, Opened = 2;
    private const string Actions = "c000 0.00 0.40;c001 0.90 0.95;c002 1.60 3.00";

    // 20 frames of 2 seconds whose grey level tells their number: frame t is second t / 10.
    private VideoFolder Open(bool isWholeVideoTaught = false, string actions = Actions, int stride = 1, int frames = 4, FrameSampling sampling = FrameSampling.Dense, int maximumFrames = 3000)
    {
        videos.Require();
        string folder = videos.NewFolder();
        LayoutFixture.Dataset fixture = LayoutFixture.Of("charades");
        LayoutFixture.Write(folder, "Charades/Charades_v1_classes.txt", fixture.Annotations["Charades/Charades_v1_classes.txt"]);
        LayoutFixture.Write(folder, "Charades/Charades_v1_train.csv", $"id,subject,actions,length\n0AAAA,S1,{actions},2.00\n");
        LayoutFixture.Write(folder, "Charades/Charades_v1_test.csv", "id,subject,actions,length\n0DDDD,S3,c002 0.00 0.40;c000 0.30 0.50,2.00\n");
        foreach (string id in (string[])["0AAAA", "0DDDD"]) File.Copy(videos.Path("levels.avi"), Path.Combine(folder, $"{id}.mp4"));
        return new VideoFolder(new VideoFolderOptions
        {
            Folder = folder,
            Layout = new CharadesLayout { IsWholeVideoTaught = isWholeVideoTaught, ScoreShare = 0 },
            Input = new InputShape(frames, 16, stride),
            CropMargin = 1,
            IsFlipped = false,
            Sampling = sampling,
            MaximumFrames = maximumFrames,
            CacheFolder = videos.NewFolder(),
        });
    }

    private static (int[] Frames, LabelSet Labels) Draw(VideoFolder data, ulong seed)
    {
        List<byte> levels = [];
        for (int frame = 0; frame < data.VideoFrames(Split.Weights, 0); frame++)
        {
            var clip = new byte[ClipSize.Bytes(data.Input)];
            data.ReadWindow(Split.Weights, 0, frame, clip);
            levels.Add(clip[0]);
        }

        var pixels = new byte[ClipSize.Bytes(data.Input)];
        LabelSet labels = data.Read(Split.Weights, 0, new RandomStream(seed), pixels);
        return ([.. pixels.Chunk(ClipSize.FrameBytes(16)).Select(frame => levels.IndexOf(frame[0]))], labels);
    }

    [Fact]
    public void A_training_clip_is_taught_what_it_shows_and_nothing_else()
    {
        VideoFolder data = Open();
        HashSet<string> seen = [];
        for (ulong seed = 0; seed < 60; seed++)
        {
            var (frames, labels) = Draw(data, seed);
            int first = frames[0], last = frames[^1];
            Assert.Equal(first + 3, last);
            List<int> expected = [];
            if (first <= 4) expected.Add(Held);
            if (first <= 9 && last >= 9) expected.Add(Put);
            if (last >= 16) expected.Add(Opened);
            Assert.Equal(new LabelSet(expected), labels);
            seen.Add(labels.ToString());
        }

        Assert.Superset(new HashSet<string> { "0", "1", "2", "" }, seen);
    }

    [Fact]
    public void Frames_that_a_stride_passes_over_belong_to_the_stretch_and_segments_stretch_over_the_video()
    {
        // An action of one frame, between two that a clip of stride 3 shows.
        VideoFolder data = Open(stride: 3);
        int between = 0;
        for (ulong seed = 0; seed < 40; seed++)
        {
            var (frames, labels) = Draw(data, seed);
            Assert.Equal(frames[0] <= 9 && frames[^1] >= 9, labels.Contains(Put));
            if (labels.Contains(Put) && !frames.Contains(9)) between++;
        }

        Assert.True(between > 0);
        Assert.Contains(Put, Draw(Open(sampling: FrameSampling.Segments), 1).Labels);
    }

    [Fact]
    public void A_clip_that_goes_round_shows_two_stretches()
    {
        VideoFolder data = Open(stride: 7); // 22 frames do not fit into 20
        int round = 0;
        for (ulong seed = 0; seed < 40; seed++)
        {
            var (frames, labels) = Draw(data, seed);
            HashSet<int> shown = [frames[0]];
            for (int t = 1; t < frames.Length; t++)
            {
                bool isRound = frames[t] < frames[t - 1];
                round += isRound && t > 1 ? 1 : 0;
                for (int frame = isRound ? frames[t] : frames[t - 1]; frame <= frames[t]; frame++) shown.Add(frame);
            }

            Assert.Equal(shown.Contains(9), labels.Contains(Put));
            Assert.Equal(shown.Any(frame => frame <= 4), labels.Contains(Held));
            Assert.Equal(shown.Any(frame => frame >= 16), labels.Contains(Opened));
        }

        Assert.True(round > 0);
        TimedLabels timed = Timed(new StoredVideo("", 1, 1, 20, null, ""))!;
        Assert.Equal(new LabelSet([Held, Opened]), timed.In([17, 19, 1, 3]));
        Assert.Equal(new LabelSet([]), timed.In([11, 12]));
        Assert.Equal(new LabelSet([Put, Held]), timed.In([10, 12, 0, 9]));
    }

    private static TimedLabels? Timed(StoredVideo video) => TimedLabels.Of(
        new LabelTimes(2, [new("a", 0, 0.4), new("b", 0.9, 0.95), new("c", 1.6, 3)]), video, new Dictionary<string, int> { ["a"] = Held, ["b"] = Put, ["c"] = Opened });

    [Fact]
    public void Evaluation_has_every_class_of_the_video_and_so_has_training_where_it_is_asked_for()
    {
        VideoFolder clip = Open(), video = Open(isWholeVideoTaught: true);
        var all = new LabelSet([Held, Put, Opened]);
        var pixels = new byte[ClipSize.Bytes(clip.Input)];
        Assert.Equal(all, clip.Items(Split.Weights)[0].Labels);
        Assert.Equal(all, clip.Read(Split.Weights, 0, null, pixels));
        Assert.Equal(clip.Items(Split.Test), video.Items(Split.Test));
        Assert.Equal(new LabelSet([Held, Opened]), clip.Read(Split.Test, 0, null, pixels));
        for (ulong seed = 0; seed < 20; seed++)
        {
            var (frames, labels) = Draw(video, seed);
            Assert.Equal(all, labels);
            Assert.Equal(Draw(clip, seed).Frames, frames);
        }
    }

    [Fact]
    public void Batches_carry_the_labels_of_the_drawn_clips_and_are_made_again_from_their_number()
    {
        VideoFolder clip = Open(), video = Open(isWholeVideoTaught: true);
        BatchSchedule Of(VideoFolder data) => new(data, Split.Weights, 8, new RandomStream(5));
        ClipBatch first = Of(clip).Read(3), again = Of(clip).Read(3), whole = Of(video).Read(3);
        Assert.Equal(first.Labels, again.Labels);
        Assert.Equal(whole.Pixels, first.Pixels);
        Assert.NotEqual(whole.Labels, first.Labels);
        Assert.Equal(whole.Labels, new BatchSchedule(clip, Split.Weights, 8, new RandomStream(5), isAugmented: false).Read(3).Labels);
        for (int i = 0; i < 8; i++) Assert.Subset(new HashSet<int>(whole.Labels[i]), new HashSet<int>(first.Labels[i]));
    }

    [Fact]
    public void The_split_hash_counts_the_times_only_where_they_are_taught()
    {
        VideoFolder video = Open(isWholeVideoTaught: true), clip = Open();
        string lengths = string.Join(',', Enumerable.Repeat(new FileInfo(videos.Path("levels.avi")).Length, 2));
        Assert.Equal(SplitFingerprint.Of(lengths, video.Classes, video.Heads, video.Items), video.SplitHash);
        Assert.Equal(clip.SplitHash, Open().SplitHash);
        string other = Actions.Replace("0.40", "0.41", StringComparison.Ordinal);
        Assert.Equal(3, new[] { video.SplitHash, clip.SplitHash, Open(actions: other).SplitHash }.Distinct().Count());
        Assert.Equal(video.SplitHash, Open(isWholeVideoTaught: true, actions: other).SplitHash);
    }

    [Fact]
    public void A_video_that_is_cut_is_taught_whole_since_its_frames_say_nothing_about_its_rate()
    {
        VideoFolder data = Open(maximumFrames: 19);
        Assert.Contains(data.Warnings, warning => warning.Contains("only its first 19 frames are used", StringComparison.Ordinal));
        for (ulong seed = 0; seed < 5; seed++) Assert.Equal(new LabelSet([Held, Put, Opened]), Draw(data, seed).Labels);
        Assert.Null(Timed(new StoredVideo("", 1, 1, 20, null, "cut")));
    }

    [Fact]
    public void An_action_that_stops_before_it_starts_is_a_warning_with_file_and_line_and_is_never_shown()
    {
        VideoFolder data = Open(actions: "c000 0.40 0.00;c002 0.00 2.00");
        Assert.Contains(data.Warnings, warning => warning.EndsWith(
            "Charades_v1_train.csv(2): action 'c000 0.40 0.00' stops before it starts: no clip shows it, the whole video counts as showing it.", StringComparison.Ordinal));
        Assert.Equal(new LabelSet([Held, Opened]), data.Items(Split.Weights)[0].Labels);
        for (ulong seed = 0; seed < 20; seed++) Assert.Equal(new LabelSet(Opened), Draw(data, seed).Labels);
    }
}
