using Microsoft.Data.Analysis;
using MoViNetNAS.Spaces;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace MoViNetNAS.Reporting;

/// <summary>Memory against the frames of a clip, both axes logarithmic: a stream is a flat line, a whole clip a straight one of slope 1.</summary>
public static class MemoryPlot
{
    private const double BytesPerMegabyte = 1e6, Margin = 0.12;
    private static readonly MarkerShape[] Markers = [MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledDiamond, MarkerShape.FilledTriangleUp];

    /// <summary>Draws it. Its data: a row for each point.</summary>
    /// <exception cref="InputException">There is no point.</exception>
    public static Figure Draw(MemoryFigure figure, FigureSize? size = null)
    {
        if (figure.Series.All(one => one.Points.Count == 0)) throw new InputException("there is nothing to draw: no memory was measured.");
        size ??= FigureSize.Column;
        return new Figure(size, Csv(figure.Series), Plot(figure.Title, figure.Series, figure.Work, size));
    }

    private static string Csv(IReadOnlyList<MemorySeries> series)
    {
        var rows = series.SelectMany(one => one.Points.Select(point => (one.Name, Point: point))).ToList();
        return CsvText.Of(
            new StringDataFrameColumn("side", rows.Select(row => row.Name)),
            new Int32DataFrameColumn("frames", rows.Select(row => row.Point.Frames)),
            new Int64DataFrameColumn("bytes", rows.Select(row => row.Point.Bytes)));
    }

    private static Plot Plot(string title, IReadOnlyList<MemorySeries> series, string work, FigureSize size)
    {
        var points = series.SelectMany(one => one.Points).ToArray();
        var plot = FigureStyle.NewPlot();
        for (int i = 0; i < series.Count; i++)
        {
            var line = plot.Add.Scatter(
                series[i].Points.Select(point => Math.Log10(point.Frames)).ToArray(),
                series[i].Points.Select(point => Math.Log10(point.Bytes / BytesPerMegabyte)).ToArray(),
                FigureStyle.Series(i));
            line.LineWidth = 2;
            line.MarkerSize = 8;
            line.MarkerShape = Markers[i % Markers.Length];
            line.LegendText = series[i].Name;
        }

        double[] x = [.. points.Select(point => Math.Log10(point.Frames))], y = [.. points.Select(point => Math.Log10(point.Bytes / BytesPerMegabyte))];
        var (left, right) = (x.Min() - Margin, x.Max() + Margin);
        var (bottom, top) = (y.Min() - Margin, y.Max() + Margin);
        plot.Axes.SetLimits(left, right, bottom, top);
        plot.Axes.Bottom.TickGenerator = Ticks(left, right);
        plot.Axes.Left.TickGenerator = Ticks(bottom, top);
        plot.XLabel("Frames of the clip", FigureStyle.TextSize);
        FigureStyle.YLabel(plot, $"Peak memory of {work} (MB)", size);
        FigureStyle.LegendBelow(plot);
        if (title.Length > 0) FigureStyle.Title(plot, title);
        return plot;
    }

    private static NumericManual Ticks(double low, double high)
    {
        var ticks = new NumericManual();
        foreach (double value in LogTicks.Major(low, high)) ticks.AddMajor(Math.Log10(value), FigureStyle.Tick(value));
        foreach (double value in LogTicks.Minor(low, high)) ticks.AddMinor(Math.Log10(value));
        return ticks;
    }
}
