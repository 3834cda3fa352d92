using Microsoft.Data.Analysis;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using ScottPlot;

namespace MoViNetNAS.Reporting;

/// <summary>Whether a score ranks architectures as their training alone does: a point each, coloured by cost, Kendall's tau in the legend.</summary>
public static class RankPlot
{
    private const double Margin = 0.07, LeastPercent = 1;

    // From cheap to dear: light to dark, so that it is read in grey too.
    private static readonly Color Cheap = Color.FromHex("#A6CEE3"), Dear = Color.FromHex("#08306B");

    /// <summary>Draws it. Its data: a row for each architecture.</summary>
    /// <exception cref="InputException">There are no points, or one has a cost that is not above 0.</exception>
    public static Figure Draw(RankFigure figure, FigureSize? size = null)
    {
        RequirePoints(figure);
        size ??= FigureSize.Column;
        return new Figure(size, Csv(figure), Plot(figure, size));
    }

    private static string Csv(RankFigure figure) => CsvText.Of(
        new DoubleDataFrameColumn("score", figure.Points.Select(point => point.Score)),
        new DoubleDataFrameColumn("truth", figure.Points.Select(point => point.Truth)),
        new DoubleDataFrameColumn(CostObjectives.NameOf(figure.Objective), figure.Points.Select(point => point.Cost)),
        new StringDataFrameColumn("name", figure.Points.Select(point => point.Name)));

    private static Plot Plot(RankFigure figure, FigureSize size)
    {
        if (figure.Points.FirstOrDefault(point => !(point.Cost > 0 && double.IsFinite(point.Cost))) is { } free)
            throw new InputException($"'{free.Name}' has a cost of {free.Cost} ({ObjectiveText.Label(figure.Objective)}), which has no colour; choose another objective.");
        double low = figure.Points.Min(point => point.Cost), high = figure.Points.Max(point => point.Cost);

        var plot = FigureStyle.NewPlot();
        foreach (var point in figure.Points)
            plot.Add.Marker(100 * point.Score, 100 * point.Truth).MarkerStyle = Style(ColorOf(point.Cost, low, high));
        double[] shown = low == high ? [low] : [low, Math.Sqrt(low * high), high];
        string unit = ObjectiveText.Label(figure.Objective).ToLowerInvariant();
        for (int i = 0; i < shown.Length; i++)
        {
            plot.Legend.ManualItems.Add(new LegendItem
            {
                LabelText = ObjectiveText.Short(shown[i]) + (i == shown.Length - 1 ? $" {unit}" : ""),
                MarkerStyle = Style(ColorOf(shown[i], low, high)),
            });
        }

        plot.Legend.ManualItems.Add(new LegendItem { LabelText = TauText(figure.Points) }); // last, so that it has a row of its own
        var (left, right) = Padded([.. figure.Points.Select(point => 100 * point.Score)]);
        var (bottom, top) = Padded([.. figure.Points.Select(point => 100 * point.Truth)]);
        plot.Axes.SetLimits(left, right, bottom, top);
        FigureStyle.XLabel(plot, figure.ScoreLabel, size);
        FigureStyle.YLabel(plot, figure.TruthLabel, size);
        if (figure.Title.Length > 0) FigureStyle.Title(plot, figure.Title);
        FigureStyle.LegendBelow(plot);
        return plot;
    }

    // Sigma beside it: what lies within two of it is no sign of an association.
    private static string TauText(IReadOnlyList<RankPoint> points)
    {
        double? tau = RankCorrelation.KendallTauB([.. points.Select(point => point.Score)], [.. points.Select(point => point.Truth)]);
        return tau is { } value
            ? $"Kendall τ {value:0.00}, n = {points.Count}, σ without association {RankCorrelation.SigmaWithoutAssociation(points.Count):0.00}"
            : $"no order to compare, n = {points.Count}";
    }

    private static MarkerStyle Style(Color color) => new(MarkerShape.FilledCircle, 8, color) { LineWidth = 0.8f, LineColor = FigureStyle.Ink };

    private static Color ColorOf(double cost, double low, double high) =>
        Cheap.InterpolateRgb(Dear, low == high ? 1 : Math.Log(cost / low) / Math.Log(high / low));

    private static (double Low, double High) Padded(double[] values)
    {
        double centre = (values.Min() + values.Max()) / 2, half = Math.Max(values.Max() - values.Min(), LeastPercent) / 2;
        return (centre - half * (1 + 2 * Margin), centre + half * (1 + 2 * Margin));
    }

    private static void RequirePoints(RankFigure figure)
    {
        if (figure.Points.Count == 0) throw new InputException("there is nothing to draw: no architecture was scored both ways.");
    }
}
