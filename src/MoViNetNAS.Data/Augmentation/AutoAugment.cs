using MoViNetNAS.Spaces;
using static MoViNetNAS.Data.ClipOperation;

namespace MoViNetNAS.Data;

/// <summary>The policy that the released MoViNets were trained with: one of 25 pairs of operations, each with a chance and a level of 0-10.</summary>
/// <remarks>Source: AutoAugment (arXiv 1805.09501), the policy called v0 in its published code. The levels mean what they mean there,
/// where posterize and solarize weaken as the level grows; but a move is a share of the side, at most 45 %, instead of pixels.</remarks>
internal static class AutoAugment
{
    private const double Largest = 10;

    public static IReadOnlyList<(Step First, Step Second)> Policy { get; } =
    [
        (new(Equalize, 0.8, 1), new(ShearY, 0.8, 4)),
        (new(Colour, 0.4, 9), new(Equalize, 0.6, 3)),
        (new(Colour, 0.4, 1), new(Rotate, 0.6, 8)),
        (new(Solarize, 0.8, 3), new(Equalize, 0.4, 7)),
        (new(Solarize, 0.4, 2), new(Solarize, 0.6, 2)),
        (new(Colour, 0.2, 0), new(Equalize, 0.8, 8)),
        (new(Equalize, 0.4, 8), new(SolarizeAdd, 0.8, 3)),
        (new(ShearX, 0.2, 9), new(Rotate, 0.6, 8)),
        (new(Colour, 0.6, 1), new(Equalize, 1.0, 2)),
        (new(Invert, 0.4, 9), new(Rotate, 0.6, 0)),
        (new(Equalize, 1.0, 9), new(ShearY, 0.6, 3)),
        (new(Colour, 0.4, 7), new(Equalize, 0.6, 0)),
        (new(Posterize, 0.4, 6), new(AutoContrast, 0.4, 7)),
        (new(Solarize, 0.6, 8), new(Colour, 0.6, 9)),
        (new(Solarize, 0.2, 4), new(Rotate, 0.8, 9)),
        (new(Rotate, 1.0, 7), new(TranslateY, 0.8, 9)),
        (new(ShearX, 0.0, 0), new(Solarize, 0.8, 4)),
        (new(ShearY, 0.8, 0), new(Colour, 0.6, 4)),
        (new(Colour, 1.0, 0), new(Rotate, 0.6, 2)),
        (new(Equalize, 0.8, 4), new(Equalize, 0.0, 8)),
        (new(Equalize, 1.0, 4), new(AutoContrast, 0.6, 2)),
        (new(ShearY, 0.4, 7), new(SolarizeAdd, 0.6, 7)),
        (new(Posterize, 0.8, 2), new(Solarize, 0.6, 10)),
        (new(Solarize, 0.6, 8), new(Equalize, 0.6, 1)),
        (new(Colour, 0.8, 6), new(Rotate, 0.4, 5)),
    ];

    public static void Apply(Span<byte> clip, int resolution, RandomStream random)
    {
        (Step first, Step second) = Policy[random.Below(Policy.Count)];
        first.Apply(clip, resolution, random);
        second.Apply(clip, resolution, random);
    }

    /// <summary>What a level means to an operation.</summary>
    public static double AmountOf(ClipOperation operation, int level, int sign) => operation switch
    {
        Rotate => sign * 30 * level / Largest,
        Posterize => Math.Floor(4 * level / Largest),
        Solarize => Math.Floor(256 * level / Largest),
        SolarizeAdd => Math.Floor(110 * level / Largest),
        Colour => 0.1 + 1.8 * level / Largest,
        ShearX or ShearY => sign * 0.3 * level / Largest,
        TranslateY => sign * 0.45 * level / Largest,
        _ => 0,
    };

    /// <summary>One operation of a pair.</summary>
    internal sealed record Step(ClipOperation Operation, double Probability, int Level)
    {
        public void Apply(Span<byte> clip, int resolution, RandomStream random)
        {
            bool isApplied = random.Chance(Probability);
            int sign = random.Chance(0.5) ? -1 : 1;
            if (isApplied) ClipOperations.Apply(Operation, AmountOf(Operation, Level, sign), clip, resolution);
        }
    }
}
