using ScottPlot;
using SkiaSharp;

namespace MoViNetNAS.Reporting;

/// <summary>Filled cells of a heat map as rectangles, which stay sharp at any size; ScottPlot's own heat map is a bitmap.</summary>
internal sealed class CellGrid(ScottPlot.Range range) : IPlottable, IHasColorAxis
{
    private readonly List<(CoordinateRect Place, Color Color)> _cells = [];

    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems => [];

    public IColormap Colormap => FigureStyle.Heat;

    public ScottPlot.Range GetRange() => range;

    public AxisLimits GetAxisLimits() => _cells.Count == 0 ? AxisLimits.NoLimits : new AxisLimits(
        _cells.Min(cell => cell.Place.Left), _cells.Max(cell => cell.Place.Right), _cells.Min(cell => cell.Place.Bottom), _cells.Max(cell => cell.Place.Top));

    public Color ColorOf(double value) => FigureStyle.Heat.GetColor(Math.Clamp((value - range.Min) / (range.Max - range.Min), 0, 1));

    public void Add(CoordinateRect place, double value) => Add(place, ColorOf(value));

    public void Add(CoordinateRect place, Color color) => _cells.Add((place, color));

    public void Render(RenderPack rp)
    {
        using var paint = new SKPaint { IsAntialias = false };
        foreach (var (place, color) in _cells)
        {
            var at = Axes.GetPixelRect(place);
            paint.Color = color.ToSKColor();
            rp.Canvas.DrawRect(at.Left, at.Top, at.Right - at.Left, at.Bottom - at.Top, paint);
        }
    }
}
