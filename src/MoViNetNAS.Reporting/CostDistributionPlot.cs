using Microsoft.Data.Analysis;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace MoViNetNAS.Reporting;

/// <summary>Spread of costs of several spaces side by side, on a logarithmic axis: a box from quarter to quarter, whiskers from 5 % to 95 %.</summary>
public static class CostDistributionPlot
{
    private const double HalfBox = 0.28, HalfWhisker = 0.12, Margin = 0.06;
    private const float BesideNames = 80, MostName = 100, NameGap = 6, LabelHeight = 30; // in units of the figure

    /// <summary>Draws it. Its data: a row for each space, and one for each known network, which has a cost alone.</summary>
    /// <exception cref="InputException">There is nothing to draw, or a cost is not above 0.</exception>
    public static Figure Draw(CostDistributionFigure figure, FigureSize? size = null)
    {
        size ??= FigureSize.Column;
        return new Figure(size, Csv(figure), Plot(figure.Title, figure.Objective, figure.Spaces, figure.Known, size));
    }

    private static string Csv(CostDistributionFigure figure)
    {
        DoubleDataFrameColumn Column(string name, Func<CostDistribution, double> value) =>
            new(name, figure.Spaces.Select(space => (double?)value(space)).Concat(figure.Known.Select(_ => (double?)null)));
        return CsvText.Of(
            new StringDataFrameColumn("mark", figure.Spaces.Select(_ => "space").Concat(figure.Known.Select(_ => "network"))),
            new StringDataFrameColumn("name", figure.Spaces.Select(space => space.Name).Concat(figure.Known.Select(point => point.Name))),
            new DoubleDataFrameColumn(CostObjectives.NameOf(figure.Objective), figure.Spaces.Select(space => space.Mean).Concat(figure.Known.Select(point => point.Cost))),
            Column("q05", space => space.Low), Column("q25", space => space.Lower), Column("median", space => space.Median), Column("q75", space => space.Upper), Column("q95", space => space.High));
    }

    private static Plot Plot(string title, CostObjective objective, IReadOnlyList<CostDistribution> spaces, IReadOnlyList<ReferencePoint> known, FigureSize size)
    {
        if (spaces.Count == 0) throw new InputException("there is nothing to draw: no space was sampled.");
        if (spaces.FirstOrDefault(space => space.Low <= 0) is { } free)
            throw new InputException($"space '{free.Name}' has architectures of no cost ({ObjectiveText.Label(objective)}), which a logarithmic axis cannot show.");
        var plot = FigureStyle.NewPlot();
        for (int i = 0; i < spaces.Count; i++) AddBox(plot, i, spaces[i]);
        AddMarkers(plot, [.. spaces.Select((space, i) => (Place: (double)i, space.Mean))], new MarkerStyle(MarkerShape.FilledCircle, 8, FigureStyle.Series(1)), "mean");
        var at = known.SelectMany(point => spaces.Select((space, i) => (space, i)).Where(pair => pair.space.Name == point.Name).Select(pair => (Place: pair.i + HalfBox, point.Cost))).ToArray();
        AddMarkers(plot, at, new MarkerStyle(MarkerShape.FilledDiamond, 9, FigureStyle.Ink), "released network of that name");

        double[] logs = [.. spaces.SelectMany(space => new[] { space.Low, space.High, space.Mean }).Concat(at.Select(point => point.Cost)).Select(Math.Log10)];
        double margin = Margin * Math.Max(0.3, logs.Max() - logs.Min());
        var (bottom, top) = (logs.Min() - margin, logs.Max() + margin);
        plot.Axes.SetLimits(-0.6, spaces.Count - 0.4, bottom, top);
        AddNames(plot, [.. spaces.Select(space => space.Name)], (size.Width - BesideNames) / spaces.Count);
        var ticks = new NumericManual();
        var major = LogTicks.Major(bottom, top);
        foreach (double value in major) ticks.AddMajor(Math.Log10(value), ObjectiveText.Tick(value));
        foreach (double value in LogTicks.Minor(bottom, top).Except(major)) ticks.AddMinor(Math.Log10(value));
        plot.Axes.Left.TickGenerator = ticks;
        plot.Grid.XAxisStyle.IsVisible = false;
        plot.XLabel("Search space", FigureStyle.TextSize);
        plot.YLabel(ObjectiveText.Label(objective), FigureStyle.TextSize);
        plot.Legend.ManualItems.Add(new LegendItem { LabelText = "box of the middle half, median, whiskers from 5 % to 95 %" });
        FigureStyle.LegendBelow(plot);
        if (title.Length > 0) FigureStyle.Title(plot, title);
        return plot;
    }

    // Upright where they are longer than there is room side by side, and then every so many where there are very many.
    private static void AddNames(Plot plot, string[] names, float pitch)
    {
        var axis = plot.Axes.Bottom;
        string[] shown = [.. names.Select(name => TextFit.Shorten(name, Math.Max(pitch - NameGap, MostName), FigureStyle.TextSize))];
        float widest = shown.Max(name => TextFit.Width(name, FigureStyle.TextSize));
        bool isUpright = widest + NameGap > pitch;
        int every = isUpright ? (int)Math.Ceiling(FigureStyle.TextSize / pitch) : 1;
        var ticks = new NumericManual();
        for (int i = 0; i < shown.Length; i += every) ticks.AddMajor(i, shown[i]);
        axis.TickGenerator = ticks;
        axis.MajorTickStyle.Length = 0;
        if (!isUpright) return;
        axis.TickLabelStyle.Rotation = -90;
        axis.TickLabelStyle.Alignment = Alignment.MiddleRight;
        axis.MinimumSize = widest + LabelHeight;
    }

    private static void AddBox(Plot plot, int place, CostDistribution space)
    {
        var colour = FigureStyle.Series(0);
        void Line(double x1, double y1, double x2, double y2, float width)
        {
            var line = plot.Add.Line(new CoordinateLine(x1, Math.Log10(y1), x2, Math.Log10(y2)));
            line.LineWidth = width;
            line.LineColor = colour;
        }

        Line(place, space.Low, place, space.Lower, 1.5f);
        Line(place, space.Upper, place, space.High, 1.5f);
        Line(place - HalfWhisker, space.Low, place + HalfWhisker, space.Low, 1.5f);
        Line(place - HalfWhisker, space.High, place + HalfWhisker, space.High, 1.5f);
        var box = plot.Add.Rectangle(place - HalfBox, place + HalfBox, Math.Log10(space.Lower), Math.Log10(space.Upper));
        box.FillColor = colour.WithAlpha(0.25);
        box.LineColor = colour;
        box.LineWidth = 1.5f;
        Line(place - HalfBox, space.Median, place + HalfBox, space.Median, 2.5f);
    }

    private static void AddMarkers(Plot plot, (double Place, double Cost)[] points, MarkerStyle style, string name)
    {
        if (points.Length == 0) return;
        var markers = plot.Add.Markers(points.Select(point => point.Place).ToArray(), points.Select(point => Math.Log10(point.Cost)).ToArray());
        style.LineWidth = 1;
        style.LineColor = Colors.White;
        markers.MarkerStyle = style;
        markers.LegendText = name;
    }
}
