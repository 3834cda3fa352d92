using System.Diagnostics;
using System.Security.Cryptography;
using MoViNetNAS.Spaces;
using static MoViNetNAS.Data.Tests.ClipPixels;

namespace MoViNetNAS.Data.Tests;

public sealed class MovingShapesTests
{
    private const int ClipBytes = 8 * 32 * 32 * 3;

    [Fact]
    public void The_first_clips_never_change()
    {
        // Golden: what version 1 of the generator drew. A change here changes every published number: bump the version.
        var data = new MovingShapes(new MovingShapesOptions());
        byte[] clips = [.. Enumerable.Range(0, 8).SelectMany(i => Read(data, Split.Weights, i)), .. Read(data, Split.Test, 799)];
        Assert.Equal("fce77bcd334ccf01", Convert.ToHexStringLower(SHA256.HashData(clips))[..16]);
        Assert.Equal("9937ed6b8f21e254", data.SplitHash[..16]);
    }

    [Fact]
    public void A_clip_depends_on_seed_split_and_index_only()
    {
        var data = new MovingShapes(new MovingShapesOptions());
        byte[] clip = Read(data, Split.Score, 5);
        var again = new MovingShapes(new MovingShapesOptions { WeightsClips = 100, MemoryBytes = 0 });
        Read(again, Split.Score, 7);
        Assert.Equal(clip, Read(again, Split.Score, 5));
        Assert.Equal(clip, Read(data, Split.Score, 5));
        Assert.NotEqual(clip, Read(data, Split.Score, 13));
        Assert.NotEqual(clip, Read(data, Split.Test, 5));
        Assert.NotEqual(clip, Read(new MovingShapes(new MovingShapesOptions { Seed = 2 }), Split.Score, 5));
    }

    [Fact]
    public void Many_threads_read_the_same_clips_as_one()
    {
        var alone = new MovingShapes(new MovingShapesOptions());
        var shared = new MovingShapes(new MovingShapesOptions { MemoryBytes = 20 * ClipBytes });
        Parallel.For(0, 160, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
            Assert.Equal(Read(alone, Split.Weights, i % 40), Read(shared, Split.Weights, i % 40)));
    }

    [Fact]
    public void Labels_are_balanced_and_sources_disjoint()
    {
        var data = new MovingShapes(new MovingShapesOptions());
        Assert.Equal(["left", "right", "up", "down", "clockwise", "counterclockwise", "grow", "shrink"], data.Classes);
        Assert.All(data.Items(Split.Weights).CountBy(item => item.Labels.Only), pair => Assert.Equal(375, pair.Value));
        Assert.Equal(3000 + 512 + 800, Enum.GetValues<Split>().SelectMany(data.Items).Select(item => item.Source).Distinct().Count());
    }

    [Fact]
    public void The_split_hash_tells_seeds_sizes_and_shuffling_apart_but_not_input_shapes()
    {
        string hash = new MovingShapes(new MovingShapesOptions()).SplitHash;
        Assert.Equal(hash, new MovingShapes(new MovingShapesOptions { Frames = 4, Resolution = 16 }).SplitHash);
        Assert.NotEqual(hash, new MovingShapes(new MovingShapesOptions { Seed = 2 }).SplitHash);
        Assert.NotEqual(hash, new MovingShapes(new MovingShapesOptions { TestClips = 808 }).SplitHash);
        Assert.NotEqual(hash, new MovingShapes(new MovingShapesOptions { IsTimeShuffled = true }).SplitHash);
    }

    [Fact]
    public void Shuffled_clips_hold_the_same_motion_in_another_order()
    {
        var options = new MovingShapesOptions { Noise = 0 };
        byte[] ordered = Read(new MovingShapes(options), Split.Weights, 3);
        byte[] shuffled = Read(new MovingShapes(options with { IsTimeShuffled = true }), Split.Weights, 3);
        Assert.NotEqual(ordered, shuffled);
        Assert.Equal(Frames(ordered), Frames(shuffled));

        static string[] Frames(byte[] clip) => [.. clip.Chunk(ClipBytes / 8).Select(Convert.ToHexString).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void A_stride_takes_every_nth_frame_of_the_same_motion()
    {
        var options = new MovingShapesOptions { Noise = 0 };
        byte[][] dense = [.. Read(new MovingShapes(options), Split.Weights, 2).Chunk(ClipBytes / 8)];
        byte[][] sparse = [.. Read(new MovingShapes(options with { Frames = 4, FrameStride = 2 }), Split.Weights, 2).Chunk(ClipBytes / 8)];
        for (int t = 0; t < 4; t++) Assert.Equal(dense[2 * t], sparse[t]);
    }

    [Fact]
    public void Augmentation_shifts_a_whole_clip_around_the_torus()
    {
        var data = new MovingShapes(new MovingShapesOptions());
        byte[] clip = Read(data, Split.Weights, 4);
        byte[] shifted = Read(data, Split.Weights, 4, new RandomStream(5));
        var same = new RandomStream(5);
        int down = same.Below(32), right = same.Below(32);
        for (int t = 0; t < 8; t++)
            for (int y = 0; y < 32; y++)
                for (int x = 0; x < 32; x++)
                    Assert.Equal(clip[((t * 32 + y) * 32 + x) * 3 + 1], shifted[((t * 32 + (y + down) % 32) * 32 + (x + right) % 32) * 3 + 1]);
    }

    [Fact]
    public void Options_out_of_range_are_listed_all_at_once()
    {
        var e = Assert.Throws<InputException>(() => new MovingShapes(new MovingShapesOptions { Frames = 0, Speed = 3, TestClips = 1 }));
        Assert.Contains("frames must be 1-4096, got 0", e.Message);
        Assert.Contains("speed must be 0.05-1.25, got 3", e.Message);
        Assert.Contains("test clips must be at least 8, got 1", e.Message);
    }

    [Fact]
    public void A_wrong_index_or_length_is_refused()
    {
        var data = new MovingShapes(new MovingShapesOptions());
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Read(Split.Score, 512, null, new byte[ClipBytes]));
        Assert.Throws<ArgumentException>(() => data.Read(Split.Score, 0, null, new byte[5]));
    }

    [Theory]
    [InlineData("first")]
    [InlineData("middle")]
    [InlineData("random")]
    public void A_single_frame_carries_no_class_information(string which)
    {
        var random = new RandomStream(7);
        var probe = new ShapeProbe(
            new MovingShapes(new MovingShapesOptions { WeightsClips = 1600, TestClips = 1200, Seed = 11 }),
            clip => ClipFeatures.OfFrame(clip, which switch { "first" => 0, "middle" => 4, _ => random.Below(8) }));
        double accuracy = probe.Accuracy(_ => true);
        TestContext.Current.TestOutputHelper?.WriteLine($"{which} frame: {accuracy:P2}");
        double sigma = Math.Sqrt(0.125 * 0.875 / 1200); // of a guesser
        Assert.InRange(accuracy, 0.125 - 4 * sigma, 0.125 + 4 * sigma);
    }

    [Fact]
    public void Motion_tells_the_classes_apart_and_shuffled_frames_lose_every_direction()
    {
        var options = new MovingShapesOptions { WeightsClips = 480, TestClips = 640, Seed = 11 };
        var ordered = new ShapeProbe(new MovingShapes(options), ClipFeatures.OfMotion);
        var shuffled = new ShapeProbe(new MovingShapes(options with { IsTimeShuffled = true }), ClipFeatures.OfMotion);
        double all = ordered.Accuracy(_ => true), allShuffled = shuffled.Accuracy(_ => true);
        TestContext.Current.TestOutputHelper?.WriteLine($"motion: ordered {all:P2}, shuffled {allShuffled:P2}");
        Assert.True(all > 0.8, $"{all:P1}");
        Assert.True(allShuffled < 0.55, $"{allShuffled:P1}"); // which coordinate moves still shows
        for (int pair = 0; pair < 4; pair++)
        {
            int axis = pair;
            double accuracy = shuffled.Accuracy(label => label / 2 == axis), control = ordered.Accuracy(label => label / 2 == axis);
            TestContext.Current.TestOutputHelper?.WriteLine($"pair {axis}: ordered {control:P2}, shuffled {accuracy:P2}");
            double sigma = Math.Sqrt(0.25 / 160);
            Assert.InRange(accuracy, 0.5 - 4 * sigma, 0.5 + 4 * sigma);
            Assert.True(control > 0.8, $"{control:P1}");
        }
    }

    [Fact]
    public void A_clip_is_drawn_within_milliseconds()
    {
        var data = new MovingShapes(new MovingShapesOptions { MemoryBytes = 0 });
        for (int i = 0; i < 200; i++) Read(data, Split.Weights, i);
        long since = Stopwatch.GetTimestamp();
        for (int i = 0; i < 400; i++) Read(data, Split.Weights, i);
        double milliseconds = Stopwatch.GetElapsedTime(since).TotalMilliseconds / 400;
        TestContext.Current.TestOutputHelper?.WriteLine($"{milliseconds:F3} ms a clip");
        Assert.True(milliseconds < 50, $"{milliseconds:F2} ms"); // 0.3 in Release; the bound only catches disasters
    }
}
