using ScottPlot;

namespace MoViNetNAS.Reporting;

/// <summary>A legend below the axes, in rows as wide as the figure. ScottPlot's own is as wide as the axes, and leaves out items that it has measured no room for.</summary>
internal sealed class LegendStrip(Legend legend) : IPanel
{
    private const float SymbolWidth = 15, SymbolGap = 5, ItemGap = 12, RowHeight = 16, Above = 4, TextDrop = 1.5f, MostMarker = 11, SideMargin = 2;

    /// <summary>Height in units of items with symbols in a figure of <paramref name="width"/> units.</summary>
    public static float HeightOf(IReadOnlyList<string> names, float width)
    {
        int rows = 0;
        float room = 0;
        foreach (string name in names)
        {
            float item = Math.Min(width - 2 * SideMargin, TextFit.Width(name, FigureStyle.SmallSize) + SymbolWidth + SymbolGap) + ItemGap;
            if (rows == 0 || item > room) (rows, room) = (rows + 1, width - 2 * SideMargin + ItemGap);
            room -= item;
        }

        return Above + rows * RowHeight;
    }

    /// <summary>Width of the figure in units.</summary>
    public float Width { get; set; } = FigureSize.ColumnWidth;

    public bool IsVisible { get; set; } = true;

    public float MinimumSize { get; set; }

    public float MaximumSize { get; set; } = float.MaxValue;

    public Edge Edge => Edge.Bottom;

    public bool ShowDebugInformation { get; set; }

    public float Measure(Paint paint)
    {
        int rows = Rows(paint).Count;
        return rows == 0 ? 0 : Above + rows * RowHeight;
    }

    public PixelRect GetPanelRect(PixelRect dataRect, float size, float offset, Paint paint) =>
        new(dataRect.Left, dataRect.Right, dataRect.Bottom + offset + size, dataRect.Bottom + offset);

    public void Render(RenderPack rp, float size, float offset)
    {
        float y = rp.DataRect.Bottom + offset + Above + RowHeight / 2;
        foreach (var row in Rows(rp.Paint))
        {
            float x = rp.FigureRect.Left + (Width - WidthOf(row)) / 2;
            foreach (var (item, text, width) in row)
            {
                bool hasSymbol = DrawSymbol(rp, item, x, y);
                text.Alignment = Alignment.MiddleLeft;
                text.Render(rp.Canvas, new Pixel(hasSymbol ? x + SymbolWidth + SymbolGap : x, y + TextDrop), rp.Paint);
                x += width + ItemGap;
            }

            y += RowHeight;
        }
    }

    private List<List<(LegendItem Item, LabelStyle Text, float Width)>> Rows(Paint paint)
    {
        var rows = new List<List<(LegendItem, LabelStyle, float)>>();
        float room = 0;
        foreach (var item in legend.GetItems().Where(item => !string.IsNullOrWhiteSpace(item.LabelText)))
        {
            float symbol = HasSymbol(item) ? SymbolWidth + SymbolGap : 0;
            string name = TextFit.Shorten(item.LabelText, Width - 2 * SideMargin - symbol, FigureStyle.SmallSize);
            var text = new LabelStyle { Text = name, FontName = FigureFont.Name, FontSize = FigureStyle.SmallSize, ForeColor = FigureStyle.Ink };
            float width = text.Measure(paint).Width + symbol;
            if (rows.Count == 0 || width + ItemGap > room)
            {
                rows.Add([]);
                room = Width - 2 * SideMargin + ItemGap;
            }

            rows[^1].Add((item, text, width));
            room -= width + ItemGap;
        }

        return rows;
    }

    private static float WidthOf(List<(LegendItem Item, LabelStyle Text, float Width)> row) => row.Sum(item => item.Width + ItemGap) - ItemGap;

    private static bool HasSymbol(LegendItem item) => HasFill(item) || HasLine(item) || HasMarker(item);

    private static bool HasFill(LegendItem item) => item.FillStyle.IsVisible && item.FillStyle.Color.A > 0;

    private static bool HasLine(LegendItem item) => item.LineStyle.IsVisible && item.LineStyle.Width > 0 && item.LineStyle.Color.A > 0;

    private static bool HasMarker(LegendItem item) => item.MarkerStyle.IsVisible && item.MarkerStyle.Size > 0 && item.MarkerStyle.Shape != MarkerShape.None;

    private static MarkerStyle Small(MarkerStyle style) => style.Size <= MostMarker
        ? style
        : new MarkerStyle(style.Shape, MostMarker, style.FillColor) { LineWidth = style.LineWidth, LineColor = style.LineColor };

    private static bool DrawSymbol(RenderPack rp, LegendItem item, float x, float y)
    {
        if (HasFill(item)) Drawing.FillRectangle(rp.Canvas, new PixelRect(x, x + SymbolWidth, y + 5, y - 4), rp.Paint, item.FillStyle);
        if (HasLine(item))
        {
            // In pieces: see FigureStyle.AddDashes.
            int pieces = item.LineStyle.Pattern.Equals(LinePattern.Solid) ? 1 : 3;
            float piece = SymbolWidth / pieces, gap = pieces == 1 ? 0 : 1;
            for (int i = 0; i < pieces; i++)
                Drawing.DrawLine(rp.Canvas, rp.Paint, new Pixel(x + i * piece + gap, y), new Pixel(x + (i + 1) * piece - gap, y), new LineStyle(item.LineStyle.Width, item.LineStyle.Color));
        }

        if (HasMarker(item)) Drawing.DrawMarker(rp.Canvas, rp.Paint, new Pixel(x + SymbolWidth / 2, y), Small(item.MarkerStyle));
        return HasSymbol(item);
    }
}
