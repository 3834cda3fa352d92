using Microsoft.Data.Analysis;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using ScottPlot;

namespace MoViNetNAS.Reporting;

/// <summary>Quality that is attained at each cost: the median of the runs as a line, the best and the worst as the edges of a band, for each method.
/// Bands of many methods hide each other: then there are medians alone.</summary>
/// <remarks>Left of the cheapest network of the last run to have one there is no worst; the band begins where all runs have something.</remarks>
public static class AttainmentPlot
{
    private const double Margin = 0.05, LeastDecades = 0.12, LeastPercent = 2;
    private const int MostBands = 3;

    /// <summary>Draws it. Its data: a row for each step of each staircase: method, runs, which (best, median, worst), cost, quality.</summary>
    /// <exception cref="InputException">No run has a point, or one has a cost that a logarithmic axis cannot show.</exception>
    public static Figure Draw(AttainmentFigure figure, FigureSize? size = null)
    {
        RequirePoints(figure);
        size ??= FigureSize.Column;
        return new Figure(size, Csv(figure), Plot(figure, size));
    }

    private static string Csv(AttainmentFigure figure)
    {
        var rows = figure.Series.SelectMany(series => new[] { ("best", series.Best), ("median", series.Median), ("worst", series.Worst) }
            .SelectMany(one => one.Item2.Starts.Zip(one.Item2.Values, (cost, quality) => (Series: series, Which: one.Item1, Cost: cost, Quality: quality)))).ToList();
        return CsvText.Of(
            new StringDataFrameColumn("method", rows.Select(row => row.Series.Name)),
            new Int32DataFrameColumn("runs", rows.Select(row => row.Series.Runs)),
            new StringDataFrameColumn("surface", rows.Select(row => row.Which)),
            new DoubleDataFrameColumn(CostObjectives.NameOf(figure.Objective), rows.Select(row => row.Cost)),
            new DoubleDataFrameColumn("top1", rows.Select(row => row.Quality)));
    }

    private static Plot Plot(AttainmentFigure figure, FigureSize size)
    {
        bool hasBands = figure.Series.Count(series => !series.Best.Starts.IsEmpty) <= MostBands;
        StepFunction[] all = [.. figure.Series.SelectMany(series => hasBands || series.Median.Starts.IsEmpty ? new[] { series.Best, series.Median, series.Worst } : [series.Median])];
        double[] costs = [.. all.SelectMany(one => one.Starts)], qualities = [.. all.SelectMany(one => one.Values)];
        if (costs.Min() <= 0)
            throw new InputException($"a cost of {costs.Min()} ({ObjectiveText.Label(figure.Objective)}) cannot be shown on a logarithmic axis; choose another objective.");
        var (left, right) = Padded(Math.Log10(costs.Min()), Math.Log10(costs.Max()), LeastDecades);
        var (bottom, top) = Padded(100 * qualities.Min(), 100 * qualities.Max(), LeastPercent);

        var plot = FigureStyle.NewPlot();
        for (int i = 0; i < figure.Series.Count && hasBands; i++)
        {
            var series = figure.Series[i];
            if (series.Runs < 2 || series.Worst.Starts.IsEmpty) continue;
            FigureStyle.AddBand(plot, Stairs(series.Worst, right), Stairs(From(series.Best, series.Worst.Starts[0]), right), FigureStyle.Series(i));
            foreach (var edge in new[] { series.Best, series.Worst }) AddLine(plot, Stairs(edge, right), FigureStyle.Series(i).WithAlpha(0.6), 0.8f);
        }

        for (int i = 0; i < figure.Series.Count; i++)
        {
            var series = figure.Series[i];
            if (series.Median.Starts.IsEmpty) continue;
            var line = AddLine(plot, Stairs(series.Median, right), FigureStyle.Series(i), 2.2f);
            line.LegendText = series.Name;
        }

        plot.Legend.ManualItems.Add(new LegendItem { LabelText = Note(figure, hasBands) }); // the last item: it has no colour

        plot.Axes.SetLimits(left, right, Math.Max(bottom, -1), Math.Min(top, 101));
        plot.Axes.Bottom.TickGenerator = FigureStyle.LogAxis(left, right);
        plot.XLabel(ObjectiveText.Label(figure.Objective), FigureStyle.TextSize);
        FigureStyle.YLabel(plot, figure.QualityLabel, size);
        if (figure.Title.Length > 0) FigureStyle.Title(plot, figure.Title);
        FigureStyle.LegendBelow(plot);
        return plot;
    }

    private static ScottPlot.Plottables.Scatter AddLine(Plot plot, List<Coordinates> corners, Color color, float width)
    {
        var line = plot.Add.ScatterLine(corners);
        line.LineWidth = width;
        line.LineColor = color;
        return line;
    }

    private static List<Coordinates> Stairs(StepFunction surface, double right) =>
        FigureStyle.Stairs([.. surface.Starts.Select(Math.Log10)], [.. surface.Values.Select(value => 100 * value)], right);

    private static StepFunction From(StepFunction surface, double start) => new(
        [start, .. surface.Starts.Where(x => x > start)], [surface.At(start)!.Value, .. surface.Values.Where((_, i) => surface.Starts[i] > start)]);

    private static (double Low, double High) Padded(double low, double high, double least)
    {
        double centre = (low + high) / 2, half = Math.Max(high - low, least) / 2;
        return (centre - half * (1 + 2 * Margin), centre + half * (1 + 2 * Margin));
    }

    private static string Note(AttainmentFigure figure, bool hasBands)
    {
        int[] runs = [.. figure.Series.Select(series => series.Runs).Distinct().Order()];
        string count = runs.Length == 1 ? $"{runs[0]}" : $"{runs[0]} to {runs[^1]}";
        return runs[^1] == 1 ? "one run each" : $"median of {count} runs{(hasBands ? ", band from best to worst" : "")}";
    }

    private static void RequirePoints(AttainmentFigure figure)
    {
        if (figure.Series.All(series => series.Best.Starts.IsEmpty)) throw new InputException("there is nothing to draw: no run has a scored network.");
    }
}
