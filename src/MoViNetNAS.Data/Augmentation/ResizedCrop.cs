using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>A random part of the stored picture, the same in all frames of a clip, resized to the resolution.</summary>
/// <remarks>An aspect is drawn evenly, then a height among those that keep the area and fit, then a place. A part below a tenth of the
/// picture is drawn again; after 100 tries the whole picture is taken. Source: the official MoViNet input pipeline.</remarks>
/// <param name="MinimumArea">Least share of the picture, in (0, 1].</param>
/// <param name="MaximumArea">Largest share of the picture, in [<paramref name="MinimumArea"/>, 1], at least 0.1.</param>
/// <param name="MinimumAspect">Least width over height, 0.1-10.</param>
/// <param name="MaximumAspect">Largest width over height, 0.1-10.</param>
public sealed record ResizedCrop(double MinimumArea = 0.08, double MaximumArea = 1, double MinimumAspect = 0.5, double MaximumAspect = 2)
{
    private const int Tries = 100;
    private const double LeastCovered = 0.1;

    internal IEnumerable<string> Faults()
    {
        if (!(MinimumArea is > 0 and <= 1 && MaximumArea >= MinimumArea && MaximumArea is >= LeastCovered and <= 1))
            yield return $"the areas of the resized crop must rise within 0-1, the second at least {LeastCovered}, got {MinimumArea} and {MaximumArea}";
        if (!(MinimumAspect is >= 0.1 and <= 10 && MaximumAspect >= MinimumAspect && MaximumAspect <= 10))
            yield return $"the aspects of the resized crop must rise within 0.1-10, got {MinimumAspect} and {MaximumAspect}";
    }

    /// <summary>The part of a picture of <paramref name="height"/> x <paramref name="width"/> pixels.</summary>
    internal FrameBox Draw(int height, int width, RandomStream random)
    {
        double picture = (double)height * width, least = Math.Max(MinimumArea, LeastCovered) * picture, most = MaximumArea * picture;
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            double aspect = random.Uniform(MinimumAspect, MaximumAspect);
            int lowest = (int)Math.Ceiling(Math.Sqrt(MinimumArea * picture / aspect));
            int highest = (int)Math.Min(Math.Min(height, width / aspect), Math.Sqrt(most / aspect));
            if (highest < Math.Max(1, lowest)) continue;
            int rows = lowest + random.Below(highest - lowest + 1), columns = (int)Math.Round(rows * aspect);
            double area = (double)rows * columns;
            if (columns < 1 || columns > width || area < least || area > most) continue;
            return new FrameBox(random.Below(height - rows + 1), random.Below(width - columns + 1), rows, columns);
        }

        return new FrameBox(0, 0, height, width);
    }
}
