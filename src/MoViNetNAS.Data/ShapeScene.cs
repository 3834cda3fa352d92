using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>Everything drawn at random about one generated clip, independent of its resolution and its number of frames.</summary>
/// <remarks>Coordinates in turns of their own circle: <c>X</c>, <c>Y</c> in widths of the frame, <c>Angle</c> in full turns,
/// <c>Size</c> in passes from the smallest to the largest radius.</remarks>
internal sealed record ShapeScene
{
    public const double SmallestRadius = 0.15; // of the frame's width
    public const double LargestRadius = 0.48; // below one half, so a shape never meets its own wrapped copy
    public const int BackgroundGrid = 6;
    private const double LogRadiusRange = 1.1631508098056809; // ln(0.48 / 0.15); Math.Log differs between machines

    public required ShapeOutline Outline { get; init; }
    public required ShapeTexture Texture { get; init; }
    public required double Aspect { get; init; }
    public required double TextureFrequency { get; init; }
    public required (double R, double G, double B) ColorA { get; init; }
    public required (double R, double G, double B) ColorB { get; init; }
    public required (double R, double G, double B) BackColor { get; init; }
    public required (double R, double G, double B) BackTint { get; init; }
    public required double[] BackGrid { get; init; }
    public required double X { get; init; }
    public required double Y { get; init; }
    public required double Angle { get; init; }
    public required double Size { get; init; }
    public required double[] Speeds { get; init; }

    /// <summary>Draws a scene. Nothing here depends on the class: that is what keeps single frames free of it.</summary>
    /// <param name="random">Decides everything.</param>
    /// <param name="background">Colour to stand out from; drawn when null.</param>
    public static ShapeScene Draw(RandomStream random, (double R, double G, double B)? background = null)
    {
        (double R, double G, double B) back = background ?? Color(random);
        (double R, double G, double B) a = ColorApart(random, (back, 70));
        (double R, double G, double B) b = ColorApart(random, (a, 60), (back, 30));
        double strength = random.Uniform(10, 35);
        return new ShapeScene
        {
            BackColor = back,
            ColorA = a,
            ColorB = b,
            BackTint = (random.Uniform(-strength, strength), random.Uniform(-strength, strength), random.Uniform(-strength, strength)),
            BackGrid = [.. Enumerable.Range(0, BackgroundGrid * BackgroundGrid).Select(_ => random.Uniform(-1, 1))],
            Outline = (ShapeOutline)random.Below(Enum.GetValues<ShapeOutline>().Length),
            Texture = (ShapeTexture)random.Below(Enum.GetValues<ShapeTexture>().Length),
            Aspect = random.Uniform(0.65, 1),
            TextureFrequency = random.Uniform(1.2, 2.2),
            X = random.Uniform(),
            Y = random.Uniform(),
            Angle = random.Uniform(),
            Size = random.Uniform(),
            // Slow enough that no coordinate is aliased, fast enough to cross half of the frame in 8 frames.
            Speeds =
            [
                random.Uniform(0.05, 0.10), // frame widths a frame, along x
                random.Uniform(0.05, 0.10), // along y
                random.Uniform(20, 35) / 360, // turns a frame
                random.Uniform(0.095, 0.17) / LogRadiusRange, // a factor of 1.10-1.185 a frame
            ],
        };
    }

    /// <summary>Where the shape is after <paramref name="times"/> frames of motion along x, y, angle and size, which may be negative.</summary>
    public ShapePose PoseAt(ReadOnlySpan<double> times)
    {
        double x = X + Speeds[0] * times[0], y = Y + Speeds[1] * times[1], angle = Angle + Speeds[2] * times[2], size = Size + Speeds[3] * times[3];
        (double sin, double cos) = ExactMath.SinCosOfTurns(angle);
        double radius = SmallestRadius * ExactMath.Exp(LogRadiusRange * Wrap(size));
        return new ShapePose(Wrap(x), Wrap(y), sin, cos, radius);
    }

    private static double Wrap(double turns) => turns - Math.Floor(turns);

    private static (double R, double G, double B) Color(RandomStream random) =>
        (random.Uniform(20, 235), random.Uniform(20, 235), random.Uniform(20, 235));

    private static (double R, double G, double B) ColorApart(
        RandomStream random, params ReadOnlySpan<((double R, double G, double B) From, double By)> others)
    {
        while (true)
        {
            (double R, double G, double B) color = Color(random);
            bool isApart = true;
            foreach (((double R, double G, double B) from, double by) in others)
                isApart &= Math.Abs(Grey(color) - Grey(from)) >= by;
            if (isApart) return color;
        }
    }

    private static double Grey((double R, double G, double B) color) => 0.3 * color.R + 0.59 * color.G + 0.11 * color.B;
}
