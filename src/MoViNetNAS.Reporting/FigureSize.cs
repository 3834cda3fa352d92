namespace MoViNetNAS.Reporting;

/// <summary>Size of a figure.</summary>
/// <param name="Width">Width in units of the SVG; a text is 12 of them high.</param>
/// <param name="Height">Height in units of the SVG.</param>
/// <param name="Scale">Pixels of the PNG per unit.</param>
public sealed record FigureSize(int Width, int Height, double Scale = 2)
{
    /// <summary>Readable at the width of one column of a paper (8.5 cm) and in a README.</summary>
    public static FigureSize Column { get; } = new(560, 420, 2.5);

    /// <summary>Width of the PNG in pixels.</summary>
    public int PixelWidth => (int)Math.Round(Width * Scale);

    /// <summary>Height of the PNG in pixels.</summary>
    public int PixelHeight => (int)Math.Round(Height * Scale);
}
