using System.Text;
using System.Text.RegularExpressions;
using ScottPlot;
using SkiaSharp;

namespace MoViNetNAS.Reporting;

/// <summary>Draws plots, one below the other, as SVG, PNG or PDF.</summary>
internal static partial class FigureCanvas
{
    private const float Inset = 5; // ScottPlot sets labels hard against the edge

    private static readonly SKPaint White = new() { Color = SKColors.White };

    public static string Svg(FigureSize size, params IReadOnlyList<Plot> plots)
    {
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(new SKRect(0, 0, size.Width, size.Height), stream)) Draw(canvas, size, plots);
        string svg = Numbered(Encoding.UTF8.GetString(stream.ToArray()));

        // Skia writes no view box, without which the figure cannot be scaled.
        return svg.Contains("viewBox", StringComparison.Ordinal)
            ? svg
            : svg.Replace("<svg ", $"<svg viewBox=\"0 0 {size.Width} {size.Height}\" ", StringComparison.Ordinal);
    }

    public static byte[] Png(FigureSize size, params IReadOnlyList<Plot> plots)
    {
        using var surface = SKSurface.Create(new SKImageInfo(size.PixelWidth, size.PixelHeight, SKColorType.Rgba8888, SKAlphaType.Premul));
        surface.Canvas.Scale((float)size.Scale);
        Draw(surface.Canvas, size, plots);
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    public static byte[] Pdf(FigureSize size, params IReadOnlyList<Plot> plots)
    {
        using var stream = new MemoryStream();
        // No dates, so that the same data give the same file.
        using (var document = SKDocument.CreatePdf(stream, new SKDocumentPdfMetadata { Producer = "MoViNetNAS", RasterDpi = 300 }))
        {
            using var canvas = document.BeginPage((float)(size.Width * FigureSize.PointsPerUnit), (float)(size.Height * FigureSize.PointsPerUnit));
            canvas.Scale((float)FigureSize.PointsPerUnit);
            Draw(canvas, size, plots);
            document.EndPage();
            document.Close();
        }

        return stream.ToArray();
    }

    // Skia counts names of clips over all the figures of a process; counted for each file, the same data give the same file.
    private static string Numbered(string svg)
    {
        var names = new Dictionary<string, string>();
        return ClipName().Replace(svg, match => names.TryGetValue(match.Value, out string? name) ? name : names[match.Value] = $"cl_{names.Count + 1}");
    }

    [GeneratedRegex(@"\bcl_[0-9a-f]+\b")]
    private static partial Regex ClipName();

    private static void Draw(SKCanvas canvas, FigureSize size, IReadOnlyList<Plot> plots)
    {
        canvas.DrawRect(0, 0, size.Width, size.Height, White);
        float height = (size.Height - 2f * Inset) / plots.Count;
        for (int i = 0; i < plots.Count; i++)
        {
            plots[i].RenderManager.ClearCanvasBeforeEachRender = false;
            foreach (var legend in plots[i].Axes.GetPanels().OfType<LegendStrip>()) legend.Width = size.Width - 2 * Inset;
            var place = new PixelRect(Inset, size.Width - Inset, Inset + (i + 1) * height, Inset + i * height);

            // The first rendering finds the layout and draws twice, which an SVG would keep.
            using var nowhere = new SKNoDrawCanvas(size.Width, size.Height);
            plots[i].Render(nowhere, place);
            plots[i].Render(canvas, place);
        }
    }
}
