using Microsoft.Data.Analysis;
using MoViNetNAS.Spaces;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace MoViNetNAS.Reporting;

/// <summary>How a search went: quality and reward, cost over target, and entropy, one below the other over the steps.</summary>
public static class SearchCurves
{
    private static readonly PixelPadding Frame = new(62, 14, 26, 12), BottomFrame = new(62, 14, 44, 8), TopFrame = new(62, 14, 20, 38);

    /// <summary>The default size.</summary>
    public static FigureSize DefaultSize { get; } = new(FigureSize.ColumnWidth, 500);

    /// <summary>Draws it. Its data: a row for each step, with the running means that are drawn strong.</summary>
    /// <exception cref="InputException">There is no step.</exception>
    public static Figure Draw(CurvesFigure figure, FigureSize? size = null)
    {
        if (figure.Steps.Count == 0) throw new InputException("there is nothing to draw: the search has no finished step.");
        return new Figure(size ?? DefaultSize, Csv(figure.Steps), Plots(figure.Title, figure.Steps));
    }

    private static string Csv(IReadOnlyList<ControllerStep> steps)
    {
        IEnumerable<DoubleDataFrameColumn> Both(string name, Func<ControllerStep, double> value)
        {
            double[] values = [.. steps.Select(value)];
            return [new DoubleDataFrameColumn(name, values), new DoubleDataFrameColumn(name + "RunningMean", RunningMean(values))];
        }

        return CsvText.Of([
            new Int32DataFrameColumn("step", steps.Select(step => step.Step)),
            .. Both("top1", step => step.MeanQuality),
            .. Both("reward", step => step.MeanReward),
            .. Both("costRatio", step => step.MeanCostRatio),
            .. Both("entropy", step => step.MeanEntropy),
        ]);
    }

    private static Plot[] Plots(string title, IReadOnlyList<ControllerStep> steps)
    {
        double[] x = [.. steps.Select(step => (double)step.Step)];

        var quality = Panel(x, "Top-1, reward (%)");
        AddCurve(quality, x, [.. steps.Select(step => 100 * step.MeanQuality)], FigureStyle.Series(0), "top-1");
        AddCurve(quality, x, [.. steps.Select(step => 100 * step.MeanReward)], FigureStyle.Series(1), "reward");
        FigureStyle.Legend(quality, Alignment.LowerRight, Orientation.Horizontal);
        if (title.Length > 0) FigureStyle.Title(quality, title);
        quality.Layout.Fixed(TopFrame);

        var cost = Panel(x, "Cost / target");
        FigureStyle.AddDashes(cost, new Coordinates(x[0], 1), new Coordinates(Math.Max(x[^1], x[0] + 1), 1), 40);
        AddCurve(cost, x, [.. steps.Select(step => step.MeanCostRatio)], FigureStyle.Series(2), "");
        cost.Layout.Fixed(Frame);

        var entropy = Panel(x, "Entropy (nats)");
        AddCurve(entropy, x, [.. steps.Select(step => step.MeanEntropy)], FigureStyle.Series(3), "");
        entropy.XLabel("Search step", FigureStyle.TextSize);
        entropy.Layout.Fixed(BottomFrame);

        Plot[] panels = [quality, cost, entropy];
        foreach (var panel in panels)
        {
            panel.Axes.AutoScale();
            panel.Axes.SetLimitsX(x[0], Math.Max(x[^1], x[0] + 1));
        }

        return panels;
    }

    private static Plot Panel(double[] x, string label)
    {
        var plot = FigureStyle.NewPlot();
        plot.YLabel(label, FigureStyle.TextSize);
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true };
        plot.Axes.Left.TickGenerator = new NumericAutomatic { TickDensity = 0.6, LabelFormatter = FigureStyle.Tick };
        return plot;
    }

    // Each step faint, their running mean strong: a step's batch is small, so that single steps scatter.
    private static void AddCurve(Plot plot, double[] x, double[] y, Color color, string name)
    {
        var raw = plot.Add.ScatterLine(x, y);
        raw.LineWidth = 1;
        raw.LineColor = color.WithAlpha(0.3);
        var mean = plot.Add.ScatterLine(x, RunningMean(y));
        mean.LineWidth = 2;
        mean.LineColor = color;
        mean.LegendText = name;
        if (x.Length > 1) return;
        plot.Add.Marker(x[0], y[0], MarkerShape.FilledCircle, 7, color);
    }

    internal static double[] RunningMean(double[] values)
    {
        int half = values.Length / 60;
        var means = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            // As wide at both ends as the data allow, so that the ends are not shifted.
            int reach = Math.Min(half, Math.Min(i, values.Length - 1 - i));
            means[i] = values.AsSpan(i - reach, 2 * reach + 1).ToArray().Average();
        }

        return means;
    }
}
