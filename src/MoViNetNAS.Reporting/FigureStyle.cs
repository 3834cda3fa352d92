using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace MoViNetNAS.Reporting;

/// <summary>Colours and lines that all figures share.</summary>
internal static class FigureStyle
{
    /// <summary>Heights of texts; the small ones are six points high in one column, which is the least that can be read.</summary>
    public const float TextSize = 12, TitleSize = 14, SmallSize = 10.5f;

    private const float TitleRoom = 350; // of a column
    private const float BesideXLabel = 60, BesideYLabel = 100; // what ticks, title and a legend of some rows leave out of the middle of a figure
    private const int LeastFineBar = 150; // units

    public static readonly Color Ink = Color.FromHex("#222222");
    public static readonly Color Faint = Color.FromHex("#9A9A9A");
    public static readonly Color Grid = Color.FromHex("#E9E9E9");

    // Okabe and Ito (2008), told apart with every kind of colour blindness; yellow is left out, it fades on white paper.
    private static readonly Color[] Palette =
        [.. new[] { "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000" }.Select(Color.FromHex)];

    /// <summary>Colours of heat maps, from 0 to 1: evenly spaced to the eye, also in grey and with colour blindness.</summary>
    public static readonly IColormap Heat = new ScottPlot.Colormaps.Viridis();

    public static Color Series(int index) => Palette[index % Palette.Length];

    public static Plot NewPlot()
    {
        FigureFont.Register();
        var plot = new Plot();
        plot.FigureBackground.Color = Colors.White;
        plot.Axes.Color(Ink);
        plot.Grid.MajorLineColor = Grid;
        plot.Grid.MajorLineWidth = 1;
        foreach (var axis in new IAxis[] { plot.Axes.Bottom, plot.Axes.Left })
        {
            axis.TickLabelStyle.FontSize = TextSize;
            axis.Label.FontSize = TextSize;
            axis.Label.Bold = false;
            axis.MajorTickStyle.Length = 5;
            axis.MinorTickStyle.Length = 3;
        }

        plot.Axes.Left.TickLabelStyle.OffsetY = 1.5f; // letters without descenders stand in the middle of the line
        plot.Axes.Top.FrameLineStyle.Width = 0;
        plot.Axes.Right.FrameLineStyle.Width = 0;
        return plot;
    }

    /// <summary>A dashed line, made of pieces: a dash pattern stays in ScottPlot's shared paint, and Skia's SVG writer then complains at every marker.</summary>
    public static void AddDashes(Plot plot, Coordinates from, Coordinates to, int dashes)
    {
        Coordinates At(double part) => new(from.X + part * (to.X - from.X), from.Y + part * (to.Y - from.Y));
        for (int i = 0; i < dashes; i++)
        {
            var dash = plot.Add.Line(new CoordinateLine(At((i + 0.2) / dashes), At((i + 0.8) / dashes)));
            dash.LineWidth = 1.5f;
            dash.LineColor = Ink;
        }
    }

    /// <summary>A legend without a frame, through which lines can be seen.</summary>
    public static void Legend(Plot plot, Alignment alignment, Orientation orientation)
    {
        plot.Legend.FontSize = SmallSize;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.BackgroundColor = Colors.White.WithAlpha(0.8);
        plot.ShowLegend(alignment, orientation);
    }

    /// <summary>A legend below the axes, where it can hide nothing.</summary>
    public static void LegendBelow(Plot plot)
    {
        plot.HideLegend();
        plot.Axes.AddPanel(new LegendStrip(plot.Legend));
    }

    /// <summary>Ticks of an axis that shows log10 of its values.</summary>
    public static NumericManual LogAxis(double low, double high)
    {
        var ticks = new NumericManual();
        var major = LogTicks.Major(low, high);
        foreach (double value in major) ticks.AddMajor(Math.Log10(value), ObjectiveText.Tick(value));
        foreach (double value in LogTicks.Minor(low, high).Except(major)) ticks.AddMinor(Math.Log10(value));
        return ticks;
    }

    /// <summary>The corners of a staircase through (x, y): level to the next x, then up or down; it ends level at <paramref name="end"/>.</summary>
    public static List<Coordinates> Stairs(IReadOnlyList<double> x, IReadOnlyList<double> y, double end)
    {
        var corners = new List<Coordinates>();
        for (int i = 0; i < x.Count; i++)
        {
            if (i > 0) corners.Add(new Coordinates(x[i], y[i - 1]));
            corners.Add(new Coordinates(x[i], y[i]));
        }

        if (x.Count > 0) corners.Add(new Coordinates(end, y[^1]));
        return corners;
    }

    /// <summary>The area between two lines from left to right, faint and without an edge.</summary>
    public static void AddBand(Plot plot, List<Coordinates> lower, List<Coordinates> upper, Color color)
    {
        if (lower.Count == 0 || upper.Count == 0) return;
        var band = plot.Add.Polygon([.. lower, .. Enumerable.Reverse(upper)]);
        band.FillColor = color.WithAlpha(0.18);
        band.LineWidth = 0;
    }

    /// <summary>The name of the horizontal axis, over two lines where it is long.</summary>
    /// <param name="plot">Where it is added.</param>
    /// <param name="text">The name.</param>
    /// <param name="size">Of the figure.</param>
    /// <param name="names">Width of what stands left of the axes beyond usual ticks.</param>
    public static void XLabel(Plot plot, string text, FigureSize size, float names = 0) =>
        plot.XLabel(TextFit.Lines(text, size.Width - BesideXLabel - Math.Max(0, names), TextSize), TextSize);

    /// <summary>The name of the vertical axis, over two lines where it is long.</summary>
    public static void YLabel(Plot plot, string text, FigureSize size) => plot.YLabel(TextFit.Lines(text, size.Height - BesideYLabel, TextSize), TextSize);

    /// <summary>The number of a tick; suffixes keep large ones short.</summary>
    public static string Tick(double value) => Math.Abs(value) switch
    {
        >= 10_000 => ObjectiveText.Tick(value),
        >= 0.001 or 0 => value.ToString("0.###", CultureInfo.InvariantCulture),
        _ => value.ToString("G2", CultureInfo.InvariantCulture),
    };

    /// <summary>The colours of a heat map of shares beside it.</summary>
    /// <param name="plot">Where it is added.</param>
    /// <param name="source">The heat map; its values are in [0, 1].</param>
    /// <param name="label">What the colours are.</param>
    /// <param name="size">Of the figure.</param>
    public static void ColorBar(Plot plot, IHasColorAxis source, string label, FigureSize size)
    {
        var bar = plot.Add.ColorBar(source);
        bar.Width = 14;
        bar.Label = label;
        bar.LabelStyle.FontSize = TextSize;
        bar.LabelStyle.Bold = false;
        bar.LabelStyle.ForeColor = Ink;
        bar.Axis.TickLabelStyle.FontSize = TextSize;
        bar.Axis.TickLabelStyle.ForeColor = Ink;
        var ticks = new NumericManual();
        foreach (double share in size.Height >= LeastFineBar ? new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 } : [0, 0.5, 1]) ticks.AddMajor(share, Tick(share));
        bar.Axis.TickGenerator = ticks;
    }

    public static void Title(Plot plot, string title)
    {
        // A long title becomes smaller, and then goes over two lines, before it leaves a column.
        plot.Title(TextFit.Lines(title, TitleRoom, SmallSize, isBold: true), Math.Clamp(TitleSize * TitleRoom / TextFit.Width(title, TitleSize, isBold: true), SmallSize, TitleSize));
        plot.Axes.Title.FullFigureCenter = true; // long names of rows leave the axes little room
        plot.Axes.Title.VerticalPadding = 3;
        plot.Axes.Title.Label.Bold = true;
    }
}
