using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>Operations drawn evenly, with replacement, out of 14, all of one strength, the same for all frames of a clip.</summary>
/// <remarks>At the largest magnitude: turned by 30 degrees, sheared by 0.3, moved by 45 % of the side (either way), 4 bits a channel, the
/// negative of all levels, factors of 0.1 or 1.9. At 0 all but autocontrast and equalize change nothing. Source: RandAugment
/// (arXiv 1909.13719), with strengths that grow with the magnitude in every operation.</remarks>
/// <param name="Operations">Operations one after the other, 1-10.</param>
/// <param name="Magnitude">Their strength, 0-10.</param>
public sealed record RandAugment(int Operations = 2, double Magnitude = 9)
{
    private const double Largest = 10;

    internal IEnumerable<string> Faults()
    {
        if (Operations is < 1 or > 10) yield return $"operations of RandAugment must be 1-10, got {Operations}";
        if (!(Magnitude is >= 0 and <= Largest)) yield return $"magnitude of RandAugment must be 0-{Largest}, got {Magnitude}";
    }

    internal void Apply(Span<byte> clip, int resolution, RandomStream random)
    {
        for (int i = 0; i < Operations; i++)
        {
            var operation = (ClipOperation)random.Below(ClipOperations.InRandAugment);
            ClipOperations.Apply(operation, AmountOf(operation, random.Chance(0.5) ? -1 : 1), clip, resolution);
        }
    }

    internal double AmountOf(ClipOperation operation, int sign)
    {
        double level = Magnitude / Largest;
        return operation switch
        {
            ClipOperation.Rotate => sign * 30 * level,
            ClipOperation.Posterize => 8 - Math.Round(4 * level),
            ClipOperation.Solarize => 256 - Math.Round(256 * level),
            ClipOperation.Colour or ClipOperation.Contrast or ClipOperation.Brightness or ClipOperation.Sharpness => 1 + sign * 0.9 * level,
            ClipOperation.ShearX or ClipOperation.ShearY => sign * 0.3 * level,
            ClipOperation.TranslateX or ClipOperation.TranslateY => sign * 0.45 * level,
            _ => 0,
        };
    }
}
