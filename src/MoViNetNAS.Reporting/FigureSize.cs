namespace MoViNetNAS.Reporting;

/// <summary>Size of a figure. A unit is the same length in every figure, so that texts are of one size wherever figures stand side by side.</summary>
/// <param name="Width">Width in units; a text is 12 of them high.</param>
/// <param name="Height">Height in units.</param>
/// <param name="Scale">Pixels of the PNG per unit; the default prints at 300 dots per inch.</param>
public sealed record FigureSize(int Width, int Height, double Scale = FigureSize.PrintScale)
{
    /// <summary>Width in units of one column of a paper, 8.5 cm, in which a text of 12 units is 6.9 points high.</summary>
    public const int ColumnWidth = 420;

    /// <summary>Width in units of a page of two columns, 17.8 cm.</summary>
    public const int PageWidth = 880;

    /// <summary>Points (1/72 inch) of a printed unit.</summary>
    public const double PointsPerUnit = 8.5 / 2.54 * 72 / ColumnWidth;

    private const double PrintScale = 2.4;

    /// <summary>Readable at the width of one column of a paper and in a README.</summary>
    public static FigureSize Column { get; } = new(ColumnWidth, 340);

    /// <summary>As wide as a page of two columns.</summary>
    public static FigureSize Page { get; } = new(PageWidth, 420);

    /// <summary>Width of the PNG in pixels.</summary>
    public int PixelWidth => (int)Math.Round(Width * Scale);

    /// <summary>Height of the PNG in pixels.</summary>
    public int PixelHeight => (int)Math.Round(Height * Scale);
}
