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

    /// <summary>The figure as SVG; texts stay texts.</summary>
    /// <exception cref="InputException">There is no point, or a compute that a logarithmic axis cannot show.</exception>
    public static string Svg(AnytimeFigure figure, FigureSize? size = null)
    {
        using var plot = Draw(figure);
        return FigureCanvas.Svg(size ?? FigureSize.Column, plot);
    }

    /// <summary>The figure as PNG.</summary>
    /// <exception cref="InputException">As <see cref="Svg"/>.</exception>
    public static byte[] Png(AnytimeFigure figure, FigureSize? size = null)
    {
        using var plot = Draw(figure);
        return FigureCanvas.Png(size ?? FigureSize.Column, plot);
    }

    /// <summary>Its numbers, a line for each method and amount of compute: mean, half-width of the 95 % interval (empty for one seed), lowest, highest.</summary>
    /// <exception cref="InputException">There is no point.</exception>
    public static string Csv(AnytimeFigure figure)
    {
        RequirePoints(figure);
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

    /// <summary>Writes the figure and its numbers to <paramref name="pathWithoutExtension"/> + ".svg", ".png" and ".csv".</summary>
    /// <exception cref="InputException">As <see cref="Svg"/>.</exception>
    /// <exception cref="MachineException">A file cannot be written.</exception>
    public static void Save(AnytimeFigure figure, string pathWithoutExtension, FigureSize? size = null)
    {
        FigureCanvas.Save(pathWithoutExtension, Svg(figure, size), Png(figure, size));
        AtomicFile.WriteText(pathWithoutExtension + ".csv", Csv(figure));
    }

    private static Plot Draw(AnytimeFigure figure)
    {
        RequirePoints(figure);
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
