using System.Text;
using MoViNetNAS.Spaces;
using ScottPlot;
using SkiaSharp;

namespace MoViNetNAS.Reporting;

/// <summary>Draws plots, one below the other, as SVG, PNG or PDF.</summary>
internal static class FigureCanvas
{
    private const float Inset = 5; // ScottPlot sets labels hard against the edge

    private static readonly SKPaint White = new() { Color = SKColors.White };

    public static string Svg(FigureSize size, params IReadOnlyList<Plot> plots)
    {
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(new SKRect(0, 0, size.Width, size.Height), stream)) Draw(canvas, size, plots);
        string svg = Encoding.UTF8.GetString(stream.ToArray());

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
            using var canvas = document.BeginPage(size.Width, size.Height);
            Draw(canvas, size, plots);
            document.EndPage();
            document.Close();
        }

        return stream.ToArray();
    }

    public static void Save(string pathWithoutExtension, string svg, byte[] png)
    {
        AtomicFile.WriteText(pathWithoutExtension + ".svg", svg);
        AtomicFile.Write(pathWithoutExtension + ".png", stream => stream.Write(png));
    }

    private static void Draw(SKCanvas canvas, FigureSize size, IReadOnlyList<Plot> plots)
    {
        canvas.DrawRect(0, 0, size.Width, size.Height, White);
        float height = (size.Height - 2f * Inset) / plots.Count;
        for (int i = 0; i < plots.Count; i++)
        {
            plots[i].RenderManager.ClearCanvasBeforeEachRender = false;
            var place = new PixelRect(Inset, size.Width - Inset, Inset + (i + 1) * height, Inset + i * height);

            // The first rendering finds the layout and draws twice, which an SVG would keep.
            using var nowhere = new SKNoDrawCanvas(size.Width, size.Height);
            plots[i].Render(nowhere, place);
            plots[i].Render(canvas, place);
        }
    }
}
