using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>Operations that give every level of a channel another one, the same in the whole clip.</summary>
internal static class ToneCurve
{
    private const int Levels = 256;

    /// <summary>Every level times <paramref name="factor"/>.</summary>
    public static void Brightness(Span<byte> clip, double factor)
    {
        int fixedFactor = Blend.Fixed(factor);
        Apply(clip, level => Blend.Level(level, 0, fixedFactor));
    }

    /// <summary>Away from the mean grey of the clip.</summary>
    public static void Contrast(Span<byte> clip, double factor)
    {
        long sum = 0, pixels = clip.Length / InputShape.Channels;
        for (int i = 0; i < clip.Length; i += InputShape.Channels) sum += Blend.Grey(clip[i], clip[i + 1], clip[i + 2]);
        int mean = (int)((sum + pixels / 2) / pixels), fixedFactor = Blend.Fixed(factor);
        Apply(clip, level => Blend.Level(level, mean, fixedFactor));
    }

    /// <summary>Keeps the <paramref name="bits"/> highest bits of a level, 0-8.</summary>
    public static void Posterize(Span<byte> clip, int bits) => Apply(clip, level => (byte)(level & (0xFF00 >> bits)));

    /// <summary>The negative of levels from <paramref name="threshold"/> on; 256 changes none, 0 all.</summary>
    public static void Solarize(Span<byte> clip, int threshold) => Apply(clip, level => (byte)(level >= threshold ? 255 - level : level));

    /// <summary>Adds <paramref name="addition"/> to the levels below 128.</summary>
    public static void SolarizeAdd(Span<byte> clip, int addition) => Apply(clip, level => (byte)(level < 128 ? Math.Clamp(level + addition, 0, 255) : level));

    /// <summary>Stretches each channel, so that its darkest level becomes 0 and its brightest 255. A channel of one level stays.</summary>
    public static void AutoContrast(Span<byte> clip) => ApplyEach(clip, histogram =>
    {
        int low = Array.FindIndex(histogram, count => count > 0), high = Array.FindLastIndex(histogram, count => count > 0);
        return level => (byte)(high > low ? Math.Clamp((2 * 255 * (level - low) + (high - low)) / (2 * (high - low)), 0, 255) : level);
    });

    /// <summary>Makes the levels of each channel equally frequent, as far as can be. A channel of one level stays.</summary>
    /// <remarks>A level becomes the number of pixels below it, in steps of the 255th part of all but those of the brightest level, rounded.
    /// Source: the operation of that name in AutoAugment (arXiv 1805.09501), which is that of the Python imaging library.</remarks>
    public static void Equalize(Span<byte> clip) => ApplyEach(clip, histogram =>
    {
        long step = (histogram.Sum() - histogram[Array.FindLastIndex(histogram, count => count > 0)]) / (Levels - 1);
        if (step == 0) return level => (byte)level;
        var levels = new byte[Levels];
        long below = step / 2;
        for (int level = 0; level < Levels; below += histogram[level++]) levels[level] = (byte)Math.Min(255, below / step);
        return level => levels[level];
    });

    private static void Apply(Span<byte> clip, Func<int, byte> curve)
    {
        Span<byte> levels = stackalloc byte[Levels];
        for (int level = 0; level < Levels; level++) levels[level] = curve(level);
        for (int i = 0; i < clip.Length; i++) clip[i] = levels[clip[i]];
    }

    private static void ApplyEach(Span<byte> clip, Func<long[], Func<int, byte>> curveOf)
    {
        Span<byte> levels = stackalloc byte[Levels];
        for (int channel = 0; channel < InputShape.Channels; channel++)
        {
            var histogram = new long[Levels];
            for (int i = channel; i < clip.Length; i += InputShape.Channels) histogram[clip[i]]++;
            Func<int, byte> curve = curveOf(histogram);
            for (int level = 0; level < Levels; level++) levels[level] = curve(level);
            for (int i = channel; i < clip.Length; i += InputShape.Channels) clip[i] = levels[clip[i]];
        }
    }
}
