using System.Security.Cryptography;
using MoViNetNAS.Spaces;
using static MoViNetNAS.Data.Tests.ClipPixels;

namespace MoViNetNAS.Data.Tests;

/// <summary>Generated clips whose class is the order of the frames and nothing else.</summary>
public sealed class JumpingShapesTests
{
    private const int ClipBytes = 8 * 32 * 32 * 3;
    private static readonly MovingShapesOptions Jumping = new() { Others = OtherCoordinates.Jumping };
    private static readonly ShapeMotion[] Motions = Enum.GetValues<ShapeMotion>();

    [Theory]
    [InlineData(3, 216)]
    [InlineData(4, 13_824)]
    public void Every_class_gives_every_unordered_set_of_frames_equally_often(int frames, int sets)
    {
        // Four orders of T, and T! ways to number the frames of a set: (T!)^3 sets, each of which every class gives once.
        string[][] ofClass = [.. Motions.Select(motion => Clips(motion, frames).Select(UnorderedFrames).ToArray())];
        Assert.Equal(sets, ofClass[0].Distinct().Count());
        Assert.All(ofClass, seen => Assert.Equal(ofClass[0], seen));
    }

    [Fact]
    public void Sets_of_frames_tell_the_coordinate_where_the_others_are_still()
    {
        string[] sets = [.. Motions.Select(motion => UnorderedFrames(Frames(ShapeSteps.Still(motion, 4), 4)))];
        Assert.Equal(8, sets.Distinct().Count()); // even the direction, when the start is known
    }

    [Fact]
    public void Orders_of_its_own_for_every_shape_would_tell_the_coordinate()
    {
        // Why all shapes of a clip share one table: two shapes with tables of their own go together in the class's coordinate alone.
        int[][] left = [.. Clips(ShapeMotion.Left, 3)], up = [.. Clips(ShapeMotion.Up, 3)];
        Assert.False(Pairs(left).ToHashSet().SetEquals(Pairs(up)));

        static IEnumerable<string> Pairs(int[][] clips) =>
            from first in clips from second in clips select UnorderedFrames([.. first.Zip(second, (a, b) => a * 81 + b)]);
    }

    [Fact]
    public void Shuffled_clips_draw_all_four_orders_uniformly_and_independently_for_every_class()
    {
        const int cells = 6 * 6 * 6 * 6, each = 8;
        var data = new MovingShapes(Jumping with { Frames = 3, WeightsClips = 8 * cells * each, IsTimeShuffled = true });
        var counts = new int[8][];
        for (int c = 0; c < 8; c++) counts[c] = new int[cells];
        for (int i = 0; i < data.Items(Split.Weights).Count; i++)
            counts[data.Items(Split.Weights)[i].Labels.Only][Cell(data.StepsOf(Split.Weights, i))]++;
        foreach (int[] ofClass in counts)
        {
            double chiSquare = ofClass.Sum(count => (count - each) * (double)(count - each) / each);
            Assert.InRange(chiSquare, cells - 1 - 4 * Math.Sqrt(2 * (cells - 1)), cells - 1 + 4 * Math.Sqrt(2 * (cells - 1)));
        }

        static int Cell(ShapeSteps steps) // an order of 0, 1, 2 is told by its first two
        {
            int cell = 0;
            for (int c = 0; c < 4; c++) cell = cell * 6 + steps[c, 0] * 2 + (steps[c, 1] > steps[c, 2] ? 1 : 0);
            return cell;
        }
    }

    [Fact]
    public void Two_directions_show_the_same_frames_backwards()
    {
        var random = new RandomStream(3);
        int[][] orders = [.. Enumerable.Range(0, 4).Select(_ => random.Permutation(8))];
        for (int axis = 0; axis < 4; axis++)
        {
            ShapeSteps one = ShapeSteps.Sorted(Motions[2 * axis], orders), other = ShapeSteps.Sorted(Motions[2 * axis + 1], orders);
            for (int t = 0; t < 8; t++)
                for (int c = 0; c < 4; c++)
                    Assert.Equal(one[c, t], other[c, 7 - t]);
        }
    }

    [Fact]
    public void Clips_in_order_show_their_class_but_where_a_random_order_runs_straight()
    {
        foreach (ShapeMotion motion in Motions)
        {
            int alone = 0;
            foreach (int[] clip in Clips(motion, 4))
            {
                ShapeMotion[] straight = [.. Straight(clip, 4)];
                Assert.Contains(motion, straight);
                if (straight.Length == 1) alone++;
            }

            Assert.Equal(22 * 22 * 22, alone); // 22 of the 24 orders of 4 run neither upwards nor downwards
        }
    }

    [Fact]
    public void The_first_jumping_clips_never_change()
    {
        // Golden: what this generator drew first. A change here changes every published number.
        var data = new MovingShapes(Jumping);
        byte[] clips = [.. Enumerable.Range(0, 8).SelectMany(i => Read(data, Split.Weights, i)), .. Read(data, Split.Test, 799)];
        Assert.Equal("89624f2d5939debb", Convert.ToHexStringLower(SHA256.HashData(clips))[..16]);
        Assert.Equal("5aee02f1c24fc3ee", data.SplitHash[..16]);
        Assert.Equal("moving-shapes-jumping", data.Name);
    }

    [Fact]
    public void A_jumping_clip_depends_on_seed_split_and_index_only()
    {
        byte[] clip = Read(new MovingShapes(Jumping), Split.Score, 1);
        Assert.Equal(clip, Read(new MovingShapes(Jumping with { WeightsClips = 80, MemoryBytes = 0 }), Split.Score, 1));
        Assert.NotEqual(clip, Read(new MovingShapes(Jumping with { Seed = 2 }), Split.Score, 1));
        Assert.NotEqual(clip, Read(new MovingShapes(Jumping), Split.Test, 1));
        Assert.NotEqual(clip, Read(new MovingShapes(new MovingShapesOptions()), Split.Score, 1));
    }

    [Fact]
    public void The_split_hash_tells_jumping_clips_from_still_ones_and_shuffled_from_ordered()
    {
        MovingShapesOptions[] kinds = [new(), Jumping, new() { IsTimeShuffled = true }, Jumping with { IsTimeShuffled = true }];
        Assert.Equal(4, kinds.Select(kind => new MovingShapes(kind).SplitHash).Distinct().Count());
    }

    [Fact]
    public void Shuffled_jumping_clips_hold_the_same_frames_in_another_order()
    {
        var options = Jumping with { Noise = 0 };
        byte[] ordered = Read(new MovingShapes(options), Split.Weights, 3);
        byte[] shuffled = Read(new MovingShapes(options with { IsTimeShuffled = true }), Split.Weights, 3);
        Assert.NotEqual(ordered, shuffled);
        Assert.Equal(Sorted(ordered), Sorted(shuffled));
        Assert.Equal(8, Sorted(ordered).Distinct().Count());

        static string[] Sorted(byte[] clip) => [.. clip.Chunk(ClipBytes / 8).Select(Convert.ToHexString).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void Augmentation_shifts_jumping_clips_as_a_whole()
    {
        var data = new MovingShapes(Jumping);
        byte[] clip = Read(data, Split.Weights, 4), shifted = Read(data, Split.Weights, 4, new RandomStream(5));
        var same = new RandomStream(5);
        int down = same.Below(32), right = same.Below(32);
        for (int i = 0; i < ClipBytes; i += 3)
        {
            (int t, int y, int x) = (i / 3 / 1024, i / 3 / 32 % 32, i / 3 % 32);
            Assert.Equal(clip[i], shifted[((t * 32 + (y + down) % 32) * 32 + (x + right) % 32) * 3]);
        }
    }

    [Fact]
    public void Clips_too_short_for_an_order_are_refused()
    {
        var e = Assert.Throws<InputException>(() => new MovingShapes(Jumping with { Frames = 2 }));
        Assert.Equal("moving shapes: jumping coordinates need at least 3 frames, got 2.", e.Message);
        Assert.Equal(3, new MovingShapes(Jumping with { Frames = 3 }).Input.Frames);
    }

    [Fact]
    public void A_single_frame_of_a_jumping_clip_carries_no_class_information()
    {
        // The first: the coordinate of the class is always at one end of its places there.
        var data = new MovingShapes(Jumping with { WeightsClips = 800, TestClips = 800, Seed = 11 });
        double accuracy = new ShapeProbe(data, clip => ClipFeatures.OfFrame(clip, 0)).Accuracy(_ => true);
        TestContext.Current.TestOutputHelper?.WriteLine($"first frame: {accuracy:P2}");
        double sigma = Math.Sqrt(0.125 * 0.875 / 800);
        Assert.InRange(accuracy, 0.125 - 4 * sigma, 0.125 + 4 * sigma);
    }

    [Fact]
    public void Matches_of_neighbouring_frames_say_something_in_order_and_nothing_shuffled()
    {
        var options = Jumping with { WeightsClips = 480, TestClips = 640, Seed = 11 };
        double ordered = new ShapeProbe(new MovingShapes(options), ClipFeatures.OfMotion).Accuracy(_ => true);
        double shuffled = new ShapeProbe(new MovingShapes(options with { IsTimeShuffled = true }), ClipFeatures.OfMotion).Accuracy(_ => true);
        TestContext.Current.TestOutputHelper?.WriteLine($"motion: ordered {ordered:P2}, shuffled {shuffled:P2}");
        double sigma = Math.Sqrt(0.125 * 0.875 / 640);
        Assert.True(ordered > 0.125 + 8 * sigma, $"{ordered:P1}");
        Assert.InRange(shuffled, 0.125 - 4 * sigma, 0.125 + 4 * sigma);
    }

    // Every clip of a class, frames numbered by x before they are sorted: each frame as one number of four digits, the places of x, y, angle and size.
    private static IEnumerable<int[]> Clips(ShapeMotion motion, int frames)
    {
        int[][] all = [.. Permutations(frames)];
        int[] x = [.. Enumerable.Range(0, frames)];
        return from y in all from angle in all from size in all select Frames(ShapeSteps.Sorted(motion, [x, y, angle, size]), frames);
    }

    private static int[] Frames(ShapeSteps steps, int frames) =>
        [.. Enumerable.Range(0, frames).Select(t => Enumerable.Range(0, 4).Aggregate(0, (number, c) => number * frames + steps[c, t]))];

    private static string UnorderedFrames(int[] frames) => string.Join(' ', frames.Order());

    private static IEnumerable<int[]> Permutations(int count) => count == 0
        ? [[]]
        : Permutations(count - 1).SelectMany(rest => Enumerable.Range(0, count).Select(at => (int[])[.. rest[..at], count - 1, .. rest[at..]]));

    private static IEnumerable<ShapeMotion> Straight(int[] clip, int frames)
    {
        (ShapeMotion Up, ShapeMotion Down)[] ways =
        [
            (ShapeMotion.Right, ShapeMotion.Left), (ShapeMotion.Down, ShapeMotion.Up),
            (ShapeMotion.Clockwise, ShapeMotion.Counterclockwise), (ShapeMotion.Grow, ShapeMotion.Shrink),
        ];
        for (int c = 0, unit = frames * frames * frames; c < 4; c++, unit /= frames)
        {
            int[] places = [.. clip.Select(frame => frame / unit % frames)];
            if (places.SequenceEqual(Enumerable.Range(0, frames))) yield return ways[c].Up;
            if (places.SequenceEqual(Enumerable.Range(0, frames).Reverse())) yield return ways[c].Down;
        }
    }
}
