using ScottPlot;
using SkiaSharp;

namespace MoViNetNAS.Reporting;

/// <summary>The font of all figures, out of this assembly: without one ScottPlot draws no text on a machine that has none, and does not say so.</summary>
internal sealed class FigureFont : IFontResolver
{
    public const string Name = "DejaVu Sans";

    // Latin, Greek, Cyrillic; punctuation, superscripts, letterlike signs, arrows, operators, shapes.
    private static readonly (int First, int Last)[] Characters =
        [(0x20, 0x24F), (0x370, 0x3FF), (0x400, 0x45F), (0x2000, 0x20BF), (0x2100, 0x214F), (0x2190, 0x22FF), (0x25A0, 0x25FF)];

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

    /// <summary>The upright face, to measure texts with.</summary>
    public static SKTypeface Regular => Registered.Value._regular;

    /// <summary>The bold face, to measure texts with.</summary>
    public static SKTypeface Bold => Registered.Value._bold;

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        fontName != Name ? null : weight >= FontWeight.SemiBold ? _bold : _regular;

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName != Name ? null : bold ? _bold : _regular;

    private static SKTypeface Load(string file)
    {
        using var stream = typeof(FigureFont).Assembly.GetManifestResourceStream(file)!;
        byte[] font = new byte[stream.Length];
        stream.ReadExactly(font);
        using var whole = SKTypeface.FromData(SKData.CreateCopy(font));
        return SKTypeface.FromData(SKData.CreateCopy(FontSubset.Of(font, Characters.SelectMany(range => Enumerable.Range(range.First, range.Last - range.First + 1)).Select(whole.GetGlyph))));
    }
}
