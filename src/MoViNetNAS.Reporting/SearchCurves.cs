using MoViNetNAS.Spaces;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace MoViNetNAS.Reporting;

/// <summary>How a search went: quality and reward, cost over target, and entropy, one below the other over the steps.</summary>
public static class SearchCurves
{
    private static readonly PixelPadding Frame = new(62, 14, 26, 12), BottomFrame = new(62, 14, 44, 8), TopFrame = new(62, 14, 20, 38);

    /// <summary>The default size.</summary>
    public static FigureSize DefaultSize { get; } = new(560, 600, 2.5);

    /// <summary>The figure as SVG.</summary>
    /// <exception cref="InputException">There is no step.</exception>
    public static string Svg(string title, IReadOnlyList<ControllerStep> steps, FigureSize? size = null) =>
        FigureCanvas.Svg(size ?? DefaultSize, Draw(title, steps));

    /// <summary>The figure as PNG.</summary>
    /// <exception cref="InputException">There is no step.</exception>
    public static byte[] Png(string title, IReadOnlyList<ControllerStep> steps, FigureSize? size = null) =>
        FigureCanvas.Png(size ?? DefaultSize, Draw(title, steps));

    /// <summary>Writes the figure to <paramref name="pathWithoutExtension"/> + ".svg" and ".png".</summary>
    /// <exception cref="InputException">There is no step.</exception>
    /// <exception cref="MachineException">A file cannot be written.</exception>
    public static void Save(string title, IReadOnlyList<ControllerStep> steps, string pathWithoutExtension, FigureSize? size = null) =>
        FigureCanvas.Save(pathWithoutExtension, Svg(title, steps, size), Png(title, steps, size));

    private static Plot[] Draw(string title, IReadOnlyList<ControllerStep> steps)
    {
        if (steps.Count == 0) throw new InputException("there is nothing to draw: the search has no finished step.");
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
        plot.Axes.Left.TickGenerator = new NumericAutomatic { TickDensity = 0.6 };
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
