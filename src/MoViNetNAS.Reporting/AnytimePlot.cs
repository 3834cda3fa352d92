using Microsoft.Data.Analysis;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace MoViNetNAS.Reporting;

/// <summary>Best quality or hypervolume over compute: a line for the mean of the seeds of each method, with a band from the lowest to the highest. Bands of many
/// methods hide each other: then the 95 % interval of the mean stands at the end of each line instead.</summary>
public static class AnytimePlot
{
    private const double Margin = 0.05, BarPitch = 0.022;
    private const int MostBands = 3;

    /// <summary>Draws it. Its data: a row for each method and amount of compute: mean, half-width of the 95 % interval (empty for one seed), lowest, highest.</summary>
    /// <exception cref="InputException">There is no point, or a compute that a logarithmic axis cannot show.</exception>
    public static Figure Draw(AnytimeFigure figure, FigureSize? size = null)
    {
        RequirePoints(figure);
        size ??= FigureSize.Column;
        return new Figure(size, Csv(figure), Plot(figure, size));
    }

    private static string Csv(AnytimeFigure figure)
    {
        var rows = figure.Series.SelectMany(series => series.Band.Select(point => (series.Name, Point: point))).ToList();
        return CsvText.Of(
            new StringDataFrameColumn("method", rows.Select(row => row.Name)),
            new DoubleDataFrameColumn("compute", rows.Select(row => row.Point.Compute)),
            new Int32DataFrameColumn("seeds", rows.Select(row => row.Point.Values.Count)),
            new DoubleDataFrameColumn("mean", rows.Select(row => row.Point.Values.Mean)),
            new DoubleDataFrameColumn("halfWidth95", rows.Select(row => double.IsNaN(row.Point.Values.HalfWidth) ? null : (double?)row.Point.Values.HalfWidth)),
            new DoubleDataFrameColumn("lowest", rows.Select(row => row.Point.Lowest)),
            new DoubleDataFrameColumn("highest", rows.Select(row => row.Point.Highest)));
    }

    private static Plot Plot(AnytimeFigure figure, FigureSize size)
    {
        var points = figure.Series.SelectMany(series => series.Band).ToList();
        if (figure.IsLogarithmic && points.Find(point => point.Compute <= 0) is { } free)
            throw new InputException($"a compute of {free.Compute} ({figure.ComputeLabel}) cannot be shown on a logarithmic axis.");

        var plot = FigureStyle.NewPlot();
        double factor = figure.IsPercent ? 100 : 1;
        double X(AnytimePoint point) => figure.IsLogarithmic ? Math.Log10(point.Compute) : point.Compute;
        bool hasBands = figure.Series.Count(series => series.Band.Count > 0) <= MostBands;
        for (int i = 0; i < figure.Series.Count && hasBands; i++)
        {
            var band = figure.Series[i].Band;
            if (band.Count == 0 || band[0].Values.Count < 2) continue;
            List<Coordinates> Edge(Func<AnytimePoint, double> value) =>
                FigureStyle.Stairs([.. band.Select(X)], [.. band.Select(point => factor * value(point))], X(band[^1]));
            FigureStyle.AddBand(plot, Edge(point => point.Lowest), Edge(point => point.Highest), FigureStyle.Series(i));
        }

        for (int i = 0; i < figure.Series.Count; i++)
        {
            var (name, band) = figure.Series[i];
            if (band.Count == 0) continue;
            var line = plot.Add.ScatterLine(FigureStyle.Stairs([.. band.Select(X)], [.. band.Select(point => factor * point.Values.Mean)], X(band[^1])));
            line.LineWidth = 2;
            line.LineColor = FigureStyle.Series(i);
            line.LegendText = name;
        }

        double left = points.Min(X), right = points.Max(X);
        if (left == right) (left, right) = (left - 0.5, right + 0.5);
        double low = factor * points.Min(point => hasBands ? point.Lowest : point.Values.Mean), high = factor * points.Max(point => hasBands ? point.Highest : point.Values.Mean);
        double end = right;
        if (!hasBands)
        {
            for (int i = 0; i < figure.Series.Count; i++)
            {
                if (figure.Series[i].Band is not [.., var last] || double.IsNaN(last.Values.HalfWidth)) continue;
                AddInterval(plot, end += BarPitch * (right - left), factor * last.Values.Mean, factor * last.Values.HalfWidth, FigureStyle.Series(i));
                (low, high) = (Math.Min(low, factor * (last.Values.Mean - last.Values.HalfWidth)), Math.Max(high, factor * (last.Values.Mean + last.Values.HalfWidth)));
            }

            if (end > right) end += BarPitch * (right - left);
        }

        plot.Legend.ManualItems.Add(new LegendItem { LabelText = Note(figure, hasBands) }); // the last item: it has no colour
        double pad = high > low ? Margin * (high - low) : Math.Max(Math.Abs(high), 1) * Margin;
        plot.Axes.SetLimits(left, end, low - pad, high + pad);
        plot.Axes.Bottom.TickGenerator = figure.IsLogarithmic
            ? FigureStyle.LogAxis(left, right)
            : new NumericAutomatic { LabelFormatter = ObjectiveText.Tick, TickDensity = 0.7 };
        FigureStyle.XLabel(plot, figure.ComputeLabel, size);
        FigureStyle.YLabel(plot, figure.ValueLabel + (figure.IsPercent ? " (%)" : ""), size);
        if (figure.Title.Length > 0) FigureStyle.Title(plot, figure.Title);
        FigureStyle.LegendBelow(plot);
        return plot;
    }

    // The mean as a point, its interval as a line through it.
    private static void AddInterval(Plot plot, double x, double mean, double half, Color color)
    {
        var line = plot.Add.Line(new CoordinateLine(x, mean - half, x, mean + half));
        line.LineWidth = 2;
        line.LineColor = color;
        plot.Add.Marker(x, mean).MarkerStyle = new MarkerStyle(MarkerShape.FilledCircle, 5, color);
    }

    private static string Note(AnytimeFigure figure, bool hasBands)
    {
        int[] seeds = [.. figure.Series.Where(series => series.Band.Count > 0).Select(series => series.Band[0].Values.Count).Distinct().Order()];
        string count = seeds.Length == 1 ? $"{seeds[0]}" : $"{seeds[0]} to {seeds[^1]}";
        return seeds[^1] == 1 ? "one seed each" : $"mean of {count} seeds, {(hasBands ? "band from lowest to highest" : "95 % interval at the end")}";
    }

    private static void RequirePoints(AnytimeFigure figure)
    {
        if (figure.Series.All(series => series.Band.Count == 0)) throw new InputException("there is nothing to draw: no method has a point at which all its seeds have begun.");
    }
}
