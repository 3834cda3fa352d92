using System.Xml.Linq;

namespace MoViNetNAS.Reporting.Tests;

/// <summary>What a drawn figure gives, and an end of the figure. With MOVINET_FIGURES set to a folder they are left there to be looked at.</summary>
internal static class Drawn
{
    public static string? Album => Environment.GetEnvironmentVariable("MOVINET_FIGURES");

    /// <summary>The figure as SVG, whose labels are held apart.</summary>
    public static string Svg(Figure figure)
    {
        string svg = Of(figure, drawn => drawn.Svg());
        LabelBoxes.AssertApart(svg);
        return svg;
    }

    public static byte[] Png(Figure figure) => Of(figure, drawn => drawn.Png());

    public static byte[] Pdf(Figure figure) => Of(figure, drawn => drawn.Pdf());

    public static string Csv(Figure figure) => Of(figure, drawn => drawn.Csv);

    public static string[] CsvLines(Figure figure) => [.. Csv(figure).TrimEnd().Split('\n').Select(line => line.TrimEnd('\r'))];

    public static void Save(Figure figure, string pathWithoutExtension) => Of(figure, drawn => drawn.Save(pathWithoutExtension));

    public static string[] Texts(string svg) => [.. Elements(svg, "text").Select(element => element.Value.Trim())];

    public static IEnumerable<XElement> Elements(string svg, params string[] names) =>
        XDocument.Parse(svg).Descendants().Where(element => names.Contains(element.Name.LocalName));

    /// <summary>Holds the figure's labels apart, and leaves it in the album where there is one.</summary>
    public static void Keep(Figure figure, string name)
    {
        LabelBoxes.AssertApart(figure.Svg());
        if (Album is { } folder) Save(figure, Path.Combine(folder, name));
        else figure.Dispose();
    }

    private static T Of<T>(Figure figure, Func<Figure, T> read)
    {
        using (figure) return read(figure);
    }
}
