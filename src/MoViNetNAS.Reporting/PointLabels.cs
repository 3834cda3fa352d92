using ScottPlot;
using SkiaSharp;

namespace MoViNetNAS.Reporting;

/// <summary>Names beside points, of which none stands on another: one that finds no free side is left out, its point stays.</summary>
internal sealed class PointLabels
{
    // What axes, title and a legend of some rows take of a figure, about; too much makes names keep more distance.
    private const float SideRoom = 80, UpRoom = 150;
    private const float Offset = 6, Gap = 2;

    private readonly Plot _plot;
    private readonly AxisLimits _limits;
    private readonly float _width, _height;
    private readonly List<SKRect> _taken = [];

    /// <param name="plot">Where they are added.</param>
    /// <param name="limits">What its axes will show.</param>
    /// <param name="size">Of the figure.</param>
    public PointLabels(Plot plot, AxisLimits limits, FigureSize size) => (_plot, _limits, _width, _height) = (plot, limits, size.Width - SideRoom, size.Height - UpRoom);

    /// <summary>Writes a name above its point, or on another of <paramref name="sides"/> where there is no room; false where there is none at all.</summary>
    public bool Add(string name, double x, double y, params ReadOnlySpan<Alignment> sides)
    {
        float width = TextFit.Width(name, FigureStyle.SmallSize), height = FigureStyle.SmallSize * 1.2f;
        float left = (float)((x - _limits.Left) / (_limits.Right - _limits.Left)) * _width, up = (float)((_limits.Top - y) / (_limits.Top - _limits.Bottom)) * _height;
        foreach (var side in sides)
        {
            var (dx, dy) = Direction(side);
            var centre = new SKPoint(left + dx * (Offset + width / 2), up + dy * (Offset + height / 2));
            var box = SKRect.Create(centre.X - width / 2 - Gap, centre.Y - height / 2 - Gap, width + 2 * Gap, height + 2 * Gap);
            if (box.Left < 0 || box.Right > _width || box.Top < 0 || box.Bottom > _height || _taken.Exists(other => other.IntersectsWith(box))) continue;
            _taken.Add(box);
            var text = _plot.Add.Text(name, x, y);
            text.LabelFontSize = FigureStyle.SmallSize;
            text.LabelFontColor = FigureStyle.Ink;
            text.LabelAlignment = side;
            text.OffsetX = dx * Offset;
            text.OffsetY = dy * Offset;
            return true;
        }

        return false;
    }

    // Where a text stands whose given edge touches the point.
    private static (int X, int Y) Direction(Alignment side) => side switch
    {
        Alignment.LowerCenter => (0, -1),
        Alignment.UpperCenter => (0, 1),
        Alignment.MiddleLeft => (1, 0),
        Alignment.MiddleRight => (-1, 0),
        _ => throw new ArgumentOutOfRangeException(nameof(side), side, "no side of a point"),
    };
}
