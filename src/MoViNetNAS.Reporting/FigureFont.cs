using ScottPlot;
using SkiaSharp;

namespace MoViNetNAS.Reporting;

/// <summary>The font of all figures, out of this assembly: without one ScottPlot draws no text on a machine that has none, and does not say so.</summary>
internal sealed class FigureFont : IFontResolver
{
    public const string Name = "DejaVu Sans";

    private static readonly Lazy<FigureFont> Registered = new(() =>
    {
        var font = new FigureFont();
        ScottPlot.Fonts.FontResolvers.Insert(0, font); // before the system's fonts, so that a figure looks the same everywhere
        ScottPlot.Fonts.Default = Name;
        return font;
    });

    private readonly SKTypeface _regular = Load("DejaVuSans.ttf"), _bold = Load("DejaVuSans-Bold.ttf");

    /// <summary>Makes the font the default of every plot; call before the first is made.</summary>
    public static void Register() => _ = Registered.Value;

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        fontName != Name ? null : weight >= FontWeight.SemiBold ? _bold : _regular;

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName != Name ? null : bold ? _bold : _regular;

    private static SKTypeface Load(string file)
    {
        using var stream = typeof(FigureFont).Assembly.GetManifestResourceStream(file)!;
        return SKTypeface.FromStream(stream);
    }
}
