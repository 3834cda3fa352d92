using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>Random brightness, then contrast, then saturation: each times a factor drawn evenly from [1 - strength, 1 + strength].</summary>
/// <param name="Brightness">Strength, 0-1; 0: off.</param>
/// <param name="Contrast">Strength, 0-1; 0: off.</param>
/// <param name="Saturation">Strength, 0-1; 0: off.</param>
public sealed record ColourJitter(double Brightness = 0, double Contrast = 0, double Saturation = 0)
{
    internal IEnumerable<string> Faults()
    {
        if (!(Brightness is >= 0 and <= 1)) yield return $"brightness must be 0-1, got {Brightness}";
        if (!(Contrast is >= 0 and <= 1)) yield return $"contrast must be 0-1, got {Contrast}";
        if (!(Saturation is >= 0 and <= 1)) yield return $"saturation must be 0-1, got {Saturation}";
    }

    internal void Apply(Span<byte> clip, RandomStream random)
    {
        double brightness = Factor(Brightness, random), contrast = Factor(Contrast, random), saturation = Factor(Saturation, random);
        if (Brightness > 0) ToneCurve.Brightness(clip, brightness);
        if (Contrast > 0) ToneCurve.Contrast(clip, contrast);
        if (Saturation > 0) Blend.Colour(clip, saturation);
    }

    private static double Factor(double strength, RandomStream random) => random.Uniform(1 - strength, 1 + strength);
}
