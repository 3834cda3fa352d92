using System.Globalization;
using Microsoft.Data.Analysis;
using MoViNetNAS.Spaces;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace MoViNetNAS.Reporting;

/// <summary>Ratios of benchmarks as horizontal bars that start at 1, on a logarithmic axis: to the right we are faster, to the left slower.</summary>
public static class BenchPlot
{
    private const int HeightOfBar = 13, HeightOfRest = 110;
    private const double BarSize = 0.8, LabelGap = 0.35, GroupGap = 1.3, HeadingGap = 0.2;
    private const double LeastDecades = 0.35;
    private const float MostNames = 0.45f, BesideHeadings = 45; // share of the width; units

    /// <summary>A size as high as the bars need; names of cases are long, so that it is a page wide if nothing else is said.</summary>
    /// <param name="figure">What will be drawn.</param>
    /// <param name="width">Width in units, such as <see cref="FigureSize.PageWidth"/>.</param>
    public static FigureSize SizeOf(BenchFigure figure, int width = FigureSize.PageWidth) => new(width, (int)(HeightOfRest + HeightOfBar * Rows(figure.Groups)));

    /// <summary>Draws it. Its data: a row for each bar.</summary>
    /// <exception cref="InputException">There is no ratio to show, or one is not above 0.</exception>
    public static Figure Draw(BenchFigure figure, FigureSize? size = null)
    {
        size ??= SizeOf(figure);
        return new Figure(size, Csv(figure.Groups), Plot(figure.Title, figure.Groups, size));
    }

    private static string Csv(IReadOnlyList<BenchGroup> groups)
    {
        var rows = groups.SelectMany(group => group.Bars.Select(bar => (group.Title, Bar: bar))).ToList();
        return CsvText.Of(
            new StringDataFrameColumn("group", rows.Select(row => row.Title)),
            new StringDataFrameColumn("label", rows.Select(row => row.Bar.Label)),
            new StringDataFrameColumn("series", rows.Select(row => row.Bar.Series)),
            new DoubleDataFrameColumn("ratio", rows.Select(row => row.Bar.Ratio)));
    }

    private static Plot Plot(string title, IReadOnlyList<BenchGroup> groups, FigureSize size)
    {
        BenchBar[] all = [.. groups.SelectMany(group => group.Bars)];
        if (all.Length == 0) throw new InputException("there is nothing to draw: no section compares two sides.");
        if (Array.Find(all, bar => !(bar.Ratio > 0 && double.IsFinite(bar.Ratio))) is { } odd)
            throw new InputException($"'{odd.Label}' has the ratio {odd.Ratio}, which a logarithmic axis cannot show.");

        var plot = FigureStyle.NewPlot();
        var (low, high) = Limits(all);
        string[] series = [.. all.Select(bar => bar.Series).Distinct()];
        var labels = new NumericManual();
        string Name(string label) => TextFit.Shorten(label, MostNames * size.Width, FigureStyle.SmallSize);
        float headings = size.Width - BesideHeadings - all.Max(bar => TextFit.Width(Name(bar.Label), FigureStyle.SmallSize));
        double y = 0;
        AddLine(plot, -Rows(groups) - 1);
        foreach (var group in groups.Where(group => group.Bars.Count > 0))
        {
            AddHeading(plot, TextFit.Shorten(group.Title, headings, FigureStyle.SmallSize, isBold: true), low, y -= GroupGap);
            y -= HeadingGap;
            foreach (var bars in Runs(group.Bars))
            {
                double top = y;
                foreach (var bar in bars) AddBar(plot, bar, y -= 1, FigureStyle.Series(Array.IndexOf(series, bar.Series)));
                labels.AddMajor((top - 1 + y) / 2, Name(bars[0].Label));
                y -= LabelGap;
            }
        }

        Frame(plot, title, low, high, bottom: y - 0.3);
        plot.Axes.Left.TickGenerator = labels;
        plot.Axes.Left.TickLabelStyle.FontSize = FigureStyle.SmallSize;
        plot.Axes.Left.MajorTickStyle.Length = 0;
        AddLegend(plot, series);
        return plot;
    }

    // Neighbours with one label stand together.
    private static List<List<BenchBar>> Runs(IReadOnlyList<BenchBar> bars)
    {
        var runs = new List<List<BenchBar>>();
        foreach (var bar in bars)
        {
            if (runs.Count == 0 || runs[^1][0].Label != bar.Label) runs.Add([]);
            runs[^1].Add(bar);
        }

        return runs;
    }

    private static void AddBar(Plot plot, BenchBar ratio, double y, Color color)
    {
        double value = Math.Log10(ratio.Ratio);
        var bar = plot.Add.Bar(new Bar { Position = y, Value = value, ValueBase = 0, Size = BarSize, Orientation = Orientation.Horizontal, FillColor = color, LineWidth = 0 });
        bar.Horizontal = true;
        var text = plot.Add.Text(Short(ratio.Ratio), value < 0 ? 0 : value, y);
        text.LabelFontSize = FigureStyle.SmallSize;
        text.LabelFontColor = FigureStyle.Ink;
        text.LabelAlignment = Alignment.MiddleLeft;
        text.OffsetX = 4;
    }

    private static void AddLine(Plot plot, double bottom)
    {
        var one = plot.Add.Line(new CoordinateLine(0, bottom, 0, 0));
        one.LineWidth = 1.2f;
        one.LineColor = FigureStyle.Ink;
    }

    private static void AddHeading(Plot plot, string title, double x, double y)
    {
        var text = plot.Add.Text(title, x, y);
        text.LabelFontSize = FigureStyle.SmallSize;
        text.LabelBold = true;
        text.LabelBackgroundColor = Colors.White; // over the line at 1
        text.LabelFontColor = FigureStyle.Ink;
        text.LabelAlignment = Alignment.MiddleLeft;
        text.OffsetX = 4;
    }

    private static (double Low, double High) Limits(BenchBar[] bars)
    {
        double low = bars.Min(bar => Math.Log10(bar.Ratio)), high = Math.Max(LeastDecades, bars.Max(bar => Math.Log10(bar.Ratio)));
        low = low < 0 ? low - 0.08 : 0;
        return (low, high + 0.2 * (high - low)); // room for the number of the longest bar
    }

    private static void Frame(Plot plot, string title, double low, double high, double bottom)
    {
        plot.Axes.SetLimits(low, high, bottom, 0);
        var ticks = new NumericManual();
        var major = LogTicks.Major(low, high);
        foreach (double value in major) ticks.AddMajor(Math.Log10(value), Short(value));
        foreach (double value in LogTicks.Minor(low, high).Except(major)) ticks.AddMinor(Math.Log10(value));
        plot.Axes.Bottom.TickGenerator = ticks;
        plot.XLabel("Ratio (above 1: ours)", FigureStyle.TextSize);
        if (title.Length > 0) FigureStyle.Title(plot, title);
        plot.Grid.YAxisStyle.IsVisible = false;
    }

    private static void AddLegend(Plot plot, string[] series)
    {
        for (int i = 0; i < series.Length; i++)
            plot.Legend.ManualItems.Add(new LegendItem { LabelText = series[i], FillColor = FigureStyle.Series(i), LineWidth = 0 });
        FigureStyle.LegendBelow(plot);
    }

    private static double Rows(IReadOnlyList<BenchGroup> groups) =>
        groups.Sum(group => GroupGap + HeadingGap + group.Bars.Count + LabelGap * Runs(group.Bars).Count);

    private static string Short(double ratio) => ratio.ToString(ratio >= 9.95 ? "0" : "0.##", CultureInfo.InvariantCulture);
}
