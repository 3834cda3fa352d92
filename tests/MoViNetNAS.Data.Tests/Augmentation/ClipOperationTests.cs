using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data.Tests;

public sealed class ClipOperationTests
{
    private const int Side = 16;

    public static TheoryData<int> Operations => [.. Enumerable.Range(0, Enum.GetValues<ClipOperation>().Length)];

    private static byte[] Noise(int frames, ulong seed = 1)
    {
        var random = new RandomStream(seed);
        return [.. Enumerable.Range(0, frames * Side * Side * 3).Select(_ => (byte)random.Below(256))];
    }

    private static byte[] After(byte[] clip, ClipOperation operation, double amount, int side = Side)
    {
        byte[] copy = [.. clip];
        ClipOperations.Apply(operation, amount, copy, side);
        return copy;
    }

    /// <summary>Grey pixels.</summary>
    private static byte[] Grey(params int[] levels) => [.. levels.SelectMany(level => Enumerable.Repeat((byte)level, 3))];

    [Theory]
    [InlineData(ClipOperation.Rotate, 0)]
    [InlineData(ClipOperation.Rotate, 360)]
    [InlineData(ClipOperation.Posterize, 8)]
    [InlineData(ClipOperation.Solarize, 256)]
    [InlineData(ClipOperation.SolarizeAdd, 0)]
    [InlineData(ClipOperation.Colour, 1)]
    [InlineData(ClipOperation.Contrast, 1)]
    [InlineData(ClipOperation.Brightness, 1)]
    [InlineData(ClipOperation.Sharpness, 1)]
    [InlineData(ClipOperation.ShearX, 0)]
    [InlineData(ClipOperation.ShearY, 0)]
    [InlineData(ClipOperation.TranslateX, 0)]
    [InlineData(ClipOperation.TranslateY, 0)]
    [InlineData(ClipOperation.Identity, 0)]
    internal void An_operation_without_strength_changes_nothing(ClipOperation operation, double amount)
    {
        byte[] clip = Noise(3);
        Assert.Equal(clip, After(clip, operation, amount));
        Assert.True(operation is ClipOperation.SolarizeAdd || amount == 360 || amount == new RandAugment(1, 0).AmountOf(operation, -1));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void Equal_frames_stay_equal(int operation)
    {
        byte[] frame = Noise(1), clip = [.. frame, .. frame, .. frame];
        byte[][] frames = [.. After(clip, (ClipOperation)operation, new RandAugment().AmountOf((ClipOperation)operation, 1)).Chunk(frame.Length)];
        Assert.Equal(frames[0], frames[1]);
        Assert.Equal(frames[0], frames[2]);
    }

    [Fact]
    public void Tone_curves_have_the_values_computed_by_hand()
    {
        Assert.Equal(Grey(0xA0, 0x10, 0), After(Grey(0xAB, 0x1F, 0x0F), ClipOperation.Posterize, 4));
        Assert.Equal(Grey(0, 0, 0), After(Grey(0xAB, 0x1F, 0xFF), ClipOperation.Posterize, 0));
        Assert.Equal(Grey(0, 127, 127, 0), After(Grey(0, 127, 128, 255), ClipOperation.Solarize, 128));
        Assert.Equal(Grey(160, 187, 128, 255), After(Grey(100, 127, 128, 255), ClipOperation.SolarizeAdd, 60));
        Assert.Equal(Grey(255, 155, 0), After(Grey(0, 100, 255), ClipOperation.Invert, 0));
        Assert.Equal(Grey(50, 51, 127), After(Grey(100, 101, 254), ClipOperation.Brightness, 0.5)); // 50.5 is rounded up
        Assert.Equal(Grey(200, 255, 0), After(Grey(100, 200, 0), ClipOperation.Brightness, 2));
        Assert.Equal(Grey(125, 175), After(Grey(100, 200), ClipOperation.Contrast, 0.5)); // around 150
        Assert.Equal(Grey(150, 150), After(Grey(100, 200), ClipOperation.Contrast, 0));
        Assert.Equal(Grey(0, 128, 255), After(Grey(50, 100, 150), ClipOperation.AutoContrast, 0)); // 127.5 is rounded up
        Assert.Equal(Grey(90, 90), After(Grey(90, 90), ClipOperation.AutoContrast, 0));
        Assert.Equal([0, 128, 7, 255, 0, 7, 255, 255, 7], After([50, 100, 7, 150, 90, 7, 150, 110, 7], ClipOperation.AutoContrast, 0));
    }

    [Fact]
    public void Equalize_spreads_levels_by_their_frequency_and_leaves_a_flat_histogram()
    {
        byte[] flat = Grey([.. Enumerable.Range(0, 2 * 256).Select(i => i % 256)]);
        Assert.Equal(flat, After(flat, ClipOperation.Equalize, 0));
        // 512 of 10, 256 of 20, 256 of 30: a step is 768 / 255 = 3; 1 / 3 = 0, (1 + 512) / 3 = 171, (1 + 768) / 3 = 256, at most 255.
        byte[] clip = Grey([.. Enumerable.Range(0, 1024).Select(i => i < 512 ? 10 : i < 768 ? 20 : 30)]);
        Assert.Equal(Grey([.. Enumerable.Range(0, 1024).Select(i => i < 512 ? 0 : i < 768 ? 171 : 255)]), After(clip, ClipOperation.Equalize, 0));
        Assert.Equal(Grey(5, 5, 5), After(Grey(5, 5, 5), ClipOperation.Equalize, 0));
    }

    [Fact]
    public void Saturation_and_sharpness_have_the_values_computed_by_hand()
    {
        // (299 * 200 + 587 * 100 + 114 * 50 + 500) / 1000 = 124
        Assert.Equal([124, 124, 124], After([200, 100, 50], ClipOperation.Colour, 0));
        Assert.Equal([255, 76, 0], After([200, 100, 50], ClipOperation.Colour, 2));
        byte[] dot = Grey(0, 0, 0, 0, 130, 0, 0, 0, 0); // smoothed: (5 * 130 + 6) / 13 = 50
        Assert.Equal(Grey(0, 0, 0, 0, 50, 0, 0, 0, 0), After(dot, ClipOperation.Sharpness, 0, side: 3));
        Assert.Equal(Grey(0, 0, 0, 0, 210, 0, 0, 0, 0), After(dot, ClipOperation.Sharpness, 2, side: 3));
        byte[] even = Grey([.. Enumerable.Repeat(77, 9)]);
        Assert.Equal(even, After(even, ClipOperation.Sharpness, 1.9, side: 3));
    }

    [Fact]
    public void Moves_have_the_values_computed_by_hand()
    {
        byte[] picture = Grey(1, 2, 3, 4, 5, 6, 7, 8, 9);
        Assert.Equal(Grey(3, 6, 9, 2, 5, 8, 1, 4, 7), After(picture, ClipOperation.Rotate, 90, side: 3));
        Assert.Equal(Grey(9, 8, 7, 6, 5, 4, 3, 2, 1), After(picture, ClipOperation.Rotate, 180, side: 3));
        Assert.Equal(Grey(2, 3, 128, 5, 6, 128, 8, 9, 128), After(picture, ClipOperation.TranslateX, 1 / 3.0, side: 3));
        Assert.Equal(Grey(128, 128, 128, 1, 2, 3, 4, 5, 6), After(picture, ClipOperation.TranslateY, -1 / 3.0, side: 3));
        Assert.Equal(Grey(1, 2, 3, 5, 6, 128, 9, 128, 128), After(picture, ClipOperation.ShearX, 1, side: 3));
        Assert.Equal(Grey(1, 5, 9, 4, 8, 128, 7, 128, 128), After(picture, ClipOperation.ShearY, 1, side: 3));
        byte[] noise = Noise(2), turned = noise;
        for (int i = 0; i < 4; i++) turned = After(turned, ClipOperation.Rotate, -90);
        Assert.Equal(noise, turned);
    }

    [Fact]
    public void RandAugment_draws_all_operations_in_both_directions_and_nothing_at_magnitude_0_but_equalizing()
    {
        var rand = new RandAugment(2, 9);
        Assert.Equal([27, 4, 26, 1.81, 0.27, 0.405], [
            rand.AmountOf(ClipOperation.Rotate, 1), rand.AmountOf(ClipOperation.Posterize, 1), rand.AmountOf(ClipOperation.Solarize, 1),
            Math.Round(rand.AmountOf(ClipOperation.Colour, 1), 9), Math.Round(rand.AmountOf(ClipOperation.ShearX, 1), 9), Math.Round(rand.AmountOf(ClipOperation.TranslateY, 1), 9)]);
        byte[] clip = Noise(1);
        var results = new HashSet<string>();
        for (ulong seed = 0; seed < 300; seed++)
        {
            byte[] copy = [.. clip];
            new RandAugment(1, 9).Apply(copy, Side, new RandomStream(seed));
            results.Add(Convert.ToHexString(copy));
        }

        // Noise has all levels in all channels: autocontrast is the identity. 9 of the 12 others have two directions.
        Assert.Equal(2 * 9 + 3 + 1, results.Count);
    }

    [Fact]
    public void AutoAugment_draws_all_of_its_pairs_with_the_published_strengths()
    {
        Assert.Equal(25, AutoAugment.Policy.Count);
        Assert.Equal([24, 2, 76, 77, 1.72, 0.12, -0.405], [
            AutoAugment.AmountOf(ClipOperation.Rotate, 8, 1), AutoAugment.AmountOf(ClipOperation.Posterize, 6, 1), AutoAugment.AmountOf(ClipOperation.Solarize, 3, 1),
            AutoAugment.AmountOf(ClipOperation.SolarizeAdd, 7, 1), Math.Round(AutoAugment.AmountOf(ClipOperation.Colour, 9, 1), 9),
            Math.Round(AutoAugment.AmountOf(ClipOperation.ShearY, 4, 1), 9), Math.Round(AutoAugment.AmountOf(ClipOperation.TranslateY, 9, -1), 9)]);
        // Every strength that the policy asks for is known.
        Assert.All(AutoAugment.Policy.SelectMany(pair => new[] { pair.First, pair.Second }), step => Assert.True(
            step.Level == 0 || AutoAugment.AmountOf(step.Operation, step.Level, 1) != 0
            || step.Operation is ClipOperation.Equalize or ClipOperation.AutoContrast or ClipOperation.Invert or ClipOperation.Posterize));
        byte[] clip = [.. Noise(4).Select(level => (byte)(40 + level / 2))]; // dull enough that equalizing changes it
        int changed = Enumerable.Range(0, 2000).Count(seed =>
        {
            byte[] copy = [.. clip];
            AutoAugment.Apply(copy, Side, new RandomStream((ulong)seed));
            return !copy.AsSpan().SequenceEqual(clip);
        });
        Assert.InRange(changed, 1528, 1672); // the chances of the 25 pairs make 80 %; 4 sigma
    }
}
