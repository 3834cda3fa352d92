using Microsoft.Data.Analysis;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace MoViNetNAS.Reporting;

/// <summary>Best quality or hypervolume over compute: a line for the mean of the seeds, a band from the lowest to the highest, for each method.</summary>
public static class AnytimePlot
{
    private const double Margin = 0.05;

    /// <summary>Draws it. Its data: a row for each method and amount of compute: mean, half-width of the 95 % interval (empty for one seed), lowest, highest.</summary>
    /// <exception cref="InputException">There is no point, or a compute that a logarithmic axis cannot show.</exception>
    public static Figure Draw(AnytimeFigure figure, FigureSize? size = null)
    {
        RequirePoints(figure);
        return new Figure(size ?? FigureSize.Column, Csv(figure), Plot(figure));
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

    private static Plot Plot(AnytimeFigure figure)
    {
        var points = figure.Series.SelectMany(series => series.Band).ToList();
        if (figure.IsLogarithmic && points.Find(point => point.Compute <= 0) is { } free)
            throw new InputException($"a compute of {free.Compute} ({figure.ComputeLabel}) cannot be shown on a logarithmic axis.");

        var plot = FigureStyle.NewPlot();
        double factor = figure.IsPercent ? 100 : 1;
        double X(AnytimePoint point) => figure.IsLogarithmic ? Math.Log10(point.Compute) : point.Compute;
        for (int i = 0; i < figure.Series.Count; i++)
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
            int seeds = band[0].Values.Count;
            line.LegendText = seeds == 1 ? $"{name} (1 seed)" : $"{name} (mean, range of {seeds} seeds)";
        }

        double left = points.Min(X), right = points.Max(X), low = factor * points.Min(point => point.Lowest), high = factor * points.Max(point => point.Highest);
        if (left == right) (left, right) = (left - 0.5, right + 0.5);
        double pad = high > low ? Margin * (high - low) : Math.Max(Math.Abs(high), 1) * Margin;
        plot.Axes.SetLimits(left, right, low - pad, high + pad);
        plot.Axes.Bottom.TickGenerator = figure.IsLogarithmic
            ? FigureStyle.LogAxis(left, right)
            : new NumericAutomatic { LabelFormatter = ObjectiveText.Tick, TickDensity = 0.7 };
        plot.XLabel(figure.ComputeLabel, FigureStyle.TextSize);
        plot.YLabel(figure.ValueLabel + (figure.IsPercent ? " (%)" : ""), FigureStyle.TextSize);
        if (figure.Title.Length > 0) FigureStyle.Title(plot, figure.Title);
        FigureStyle.LegendBelow(plot);
        return plot;
    }

    private static void RequirePoints(AnytimeFigure figure)
    {
        if (figure.Series.All(series => series.Band.Count == 0)) throw new InputException("there is nothing to draw: no method has a point at which all its seeds have begun.");
    }
}
