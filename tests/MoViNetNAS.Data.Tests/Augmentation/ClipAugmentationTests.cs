using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data.Tests;

[Collection("videos")]
public sealed class ClipAugmentationTests(TestVideos videos)
{
    private static readonly ClipAugmentation Everything = new()
    {
        ResizedCrop = new ResizedCrop(),
        Colour = new ColourJitter(0.4, 0.4, 0.4),
        RandAugment = new RandAugment(),
    };

    private VideoFolder Open(ClipAugmentation augment, params string[] rows) => new(new VideoFolderOptions
    {
        Folder = videos.WithManifest(rows.Length > 0 ? rows : ["test.avi,moving,train,a", "bars.mp4,still,train,b", "wide.avi,still,test,c"]),
        Input = new InputShape(4, 16),
        CacheFolder = videos.NewFolder(),
        Augment = augment,
    });

    private static byte[] Read(IClipDataset data, Split split, int index, ulong? seed = null)
    {
        var pixels = new byte[ClipSize.Bytes(data.Input)];
        data.Read(split, index, seed is { } key ? new RandomStream(key) : null, pixels);
        return pixels;
    }

    [Fact]
    public void A_clip_is_a_function_of_its_stream_on_any_thread_and_evaluation_is_untouched()
    {
        videos.Require();
        foreach (var augment in new[] { Everything, new ClipAugmentation { IsAutoAugmented = true } })
        {
            VideoFolder data = Open(augment), plain = Open(ClipAugmentation.None);
            byte[][] serial = [.. Enumerable.Range(0, 60).Select(i => Read(data, Split.Weights, i % 2, (ulong)i))];
            var parallel = new byte[60][];
            Parallel.For(0, 60, i => parallel[i] = Read(data, Split.Weights, i % 2, (ulong)i));
            for (int i = 0; i < 60; i++) Assert.Equal(serial[i], parallel[i]);
            Assert.InRange(serial.Select(Convert.ToHexString).Distinct().Count(), 50, 60);
            Assert.Equal(Read(plain, Split.Test, 0), Read(data, Split.Test, 0));
            Assert.Equal(Read(plain, Split.Weights, 0), Read(data, Split.Weights, 0));
            Assert.Equal(plain.SplitHash, data.SplitHash);
        }
    }

    [Fact]
    public void All_frames_of_a_clip_are_changed_alike()
    {
        videos.Require();
        VideoFolder data = Open(Everything, "wide.avi,still,train,a", "bars.mp4,other,train,b"); // frames of wide.avi are equal
        for (ulong seed = 0; seed < 40; seed++)
        {
            byte[][] frames = [.. Read(data, Split.Weights, 0, seed).Chunk(16 * 16 * 3)];
            Assert.All(frames, frame => Assert.Equal(frames[0], frame));
        }
    }

    [Fact]
    public void Colours_leave_the_place_and_the_crop_as_they_were()
    {
        videos.Require();
        VideoFolder plain = Open(ClipAugmentation.None), jittered = Open(new ClipAugmentation { Colour = new ColourJitter(Brightness: 0.4) });
        for (ulong seed = 0; seed < 20; seed++)
        {
            byte[] expected = Read(plain, Split.Weights, 0, seed);
            ToneCurve.Brightness(expected, new RandomStream(seed).Derive("colour").Uniform(0.6, 1.4));
            Assert.Equal(expected, Read(jittered, Split.Weights, 0, seed));
        }
    }

    [Theory]
    [InlineData(194, 194)]
    [InlineData(194, 345)]
    [InlineData(300, 194)]
    public void Resized_crops_lie_in_the_picture_with_the_areas_and_aspects_asked_for(int height, int width)
    {
        var crop = new ResizedCrop();
        var areas = new List<double>();
        for (ulong seed = 0; seed < 2000; seed++)
        {
            FrameBox box = crop.Draw(height, width, new RandomStream(seed));
            Assert.True(box.Top >= 0 && box.Left >= 0 && box.Top + box.Height <= height && box.Left + box.Width <= width, $"{box}");
            Assert.InRange((double)box.Width / box.Height, 0.5 - 0.5 / box.Height, 2 + 0.5 / box.Height);
            areas.Add((double)box.Height * box.Width / height / width);
        }

        Assert.InRange(areas.Min(), 0.1, 0.13); // never less than a tenth is shown, though areas from 0.08 on are drawn
        Assert.InRange(areas.Max(), 0.75, 1);
        Assert.Equal(crop.Draw(height, width, new RandomStream(5)), crop.Draw(height, width, new RandomStream(5)));
    }

    [Fact]
    public void A_crop_that_never_fits_is_the_whole_picture() =>
        Assert.Equal(new FrameBox(0, 0, 16, 16), new ResizedCrop(0.5, 1, 10, 10).Draw(16, 16, new RandomStream(1)));

    [Fact]
    public void Resizing_has_the_values_computed_by_hand()
    {
        // Pixel centres: columns 0-3 of the square lie at -0.25, 0.25, 0.75 and 1.25 of the picture.
        byte[] picture = [0, 10, 20, 100, 110, 120, 0, 10, 20, 100, 110, 120];
        var square = new byte[4 * 4 * 3];
        new BilinearResize(2, new FrameBox(0, 0, 2, 2), 4, isMirrored: false).Apply(picture, square);
        Assert.Equal([0, 25, 75, 100], square.Take(12).Chunk(3).Select(pixel => pixel[0]));
        Assert.Equal(square[..12], square[36..]);
        new BilinearResize(2, new FrameBox(0, 0, 2, 2), 4, isMirrored: true).Apply(picture, square);
        Assert.Equal([100, 75, 25, 0], square.Take(12).Chunk(3).Select(pixel => pixel[0]));

        var random = new RandomStream(2);
        byte[] noise = [.. Enumerable.Range(0, 20 * 30 * 3).Select(_ => (byte)random.Below(256))], copied = new byte[9 * 9 * 3], resized = new byte[9 * 9 * 3];
        foreach (bool isMirrored in new[] { false, true })
        {
            StoredVideo.CopyBox(noise, 30, new FrameBox(7, 12, 9, 9), isMirrored, copied);
            new BilinearResize(30, new FrameBox(7, 12, 9, 9), 9, isMirrored).Apply(noise, resized);
            Assert.Equal(copied, resized); // of the same size nothing changes
        }
    }

    [Fact]
    public void Strengths_out_of_their_range_are_all_listed() => Assert.Equal(
        [
            "of RandAugment and AutoAugment one can be used, not both",
            "the areas of the resized crop must rise within 0-1, the second at least 0.1, got 0.5 and 0.2",
            "the aspects of the resized crop must rise within 0.1-10, got 0 and 2",
            "saturation must be 0-1, got 2",
            "magnitude of RandAugment must be 0-10, got 11",
        ],
        new ClipAugmentation
        {
            ResizedCrop = new ResizedCrop(0.5, 0.2, 0, 2),
            Colour = new ColourJitter(Saturation: 2),
            RandAugment = new RandAugment(2, 11),
            IsAutoAugmented = true,
        }.Faults());
}
