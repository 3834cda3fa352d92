using Microsoft.Data.Analysis;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace MoViNetNAS.Reporting;

/// <summary>Accuracy of streams after each frame, with the 95 % interval (Wilson) of the clips as a band.</summary>
public static class AccuracyPerFrame
{
    private const int MostMarkers = 30;
    private static readonly MarkerShape[] Markers = [MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledDiamond, MarkerShape.FilledTriangleUp];

    /// <summary>Draws it. Its data: a row for each network and frame.</summary>
    /// <exception cref="InputException">No network has answered after a frame.</exception>
    public static Figure Draw(FrameAccuracyFigure figure, FigureSize? size = null)
    {
        if (figure.Series.All(series => series.Right.Count == 0)) throw new InputException("there is nothing to draw: no clip was streamed frame by frame.");
        return new Figure(size ?? FigureSize.Column, Csv(figure), Plot(figure));
    }

    private static string Csv(FrameAccuracyFigure figure)
    {
        var rows = figure.Series.SelectMany(series => series.Right.Select((right, i) => (series.Name, series.Clips, Frame: i + 1, Right: right, Interval: WilsonInterval.Of(right, series.Clips)))).ToList();
        return CsvText.Of(
            new StringDataFrameColumn("network", rows.Select(row => row.Name)),
            new Int32DataFrameColumn("frame", rows.Select(row => row.Frame)),
            new Int32DataFrameColumn("clips", rows.Select(row => row.Clips)),
            new Int32DataFrameColumn("right", rows.Select(row => row.Right)),
            new DoubleDataFrameColumn("top1", rows.Select(row => (double)row.Right / row.Clips)),
            new DoubleDataFrameColumn("low95", rows.Select(row => row.Interval.Low)),
            new DoubleDataFrameColumn("high95", rows.Select(row => row.Interval.High)));
    }

    private static Plot Plot(FrameAccuracyFigure figure)
    {
        var plot = FigureStyle.NewPlot();
        int frames = figure.Series.Max(series => series.Right.Count);
        if (figure.Chance is { } chance)
        {
            plot.Legend.ManualItems.Add(new LegendItem { LabelText = "guessing", LineWidth = 1.5f, LineColor = FigureStyle.Ink, LinePattern = LinePattern.Dashed });
            FigureStyle.AddDashes(plot, new Coordinates(0.5, 100 * chance), new Coordinates(frames + 0.5, 100 * chance), 40);
        }

        for (int i = 0; i < figure.Series.Count; i++)
        {
            var (name, clips, right) = figure.Series[i];
            if (right.Count == 0) continue;
            var color = FigureStyle.Series(i);
            List<Coordinates> Edge(Func<int, double> value) => [.. right.Select((hits, t) => new Coordinates(t + 1, 100 * value(hits)))];
            FigureStyle.AddBand(plot, Edge(hits => WilsonInterval.Of(hits, clips).Low), Edge(hits => WilsonInterval.Of(hits, clips).High), color);
            var line = plot.Add.Scatter(Edge(hits => (double)hits / clips), color);
            line.LineWidth = 2;
            line.MarkerSize = frames <= MostMarkers ? 6 : 0;
            line.MarkerShape = Markers[i % Markers.Length];
            line.LegendText = $"{name} ({clips} clips)";
        }

        plot.Axes.SetLimits(0.5, frames + 0.5, -2, 102);
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true, TickDensity = 0.7 };
        plot.XLabel("Frames seen", FigureStyle.TextSize);
        plot.YLabel("Top-1 (%), 95 % interval", FigureStyle.TextSize);
        if (figure.Title.Length > 0) FigureStyle.Title(plot, figure.Title);
        FigureStyle.LegendBelow(plot);
        return plot;
    }
}
