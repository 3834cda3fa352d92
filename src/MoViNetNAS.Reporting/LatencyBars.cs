using System.Globalization;
using Microsoft.Data.Analysis;
using MoViNetNAS.Spaces;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace MoViNetNAS.Reporting;

/// <summary>Milliseconds of a streamed frame as horizontal bars, side by side for each network, with intervals and numbers. Times that differ more
/// than thirtyfold stand on a logarithmic axis, as points: a bar there has no length to compare.</summary>
public static class LatencyBars
{
    private const int HeightOfBar = 14, HeightOfRest = 100;
    private const double BarSize = 0.8, Gap = 0.6, MostLinear = 30, RoomForNumber = 0.2;
    private const float MostNames = 0.4f, UsualTicks = 25; // share of the width; units

    /// <summary>A size as high as the bars need.</summary>
    /// <param name="figure">What will be drawn.</param>
    /// <param name="width">Width in units, such as <see cref="FigureSize.PageWidth"/>.</param>
    public static FigureSize SizeOf(LatencyFigure figure, int width = FigureSize.ColumnWidth)
    {
        float legend = LegendStrip.HeightOf([.. figure.Bars.Select(bar => bar.Side).Distinct()], width);
        double bars = HeightOfBar * (figure.Bars.Count + Gap * (figure.Bars.Select(bar => bar.Network).Distinct().Count() + 1));
        return new FigureSize(width, (int)(HeightOfRest + legend + bars));
    }

    /// <summary>Draws it. Its data: a row for each bar.</summary>
    /// <exception cref="InputException">There is no bar, or a time is not above 0.</exception>
    public static Figure Draw(LatencyFigure figure, FigureSize? size = null)
    {
        if (figure.Bars.Count == 0) throw new InputException("there is nothing to draw: no latency was measured.");
        if (figure.Bars.FirstOrDefault(bar => !(bar.Low > 0 && double.IsFinite(bar.High) && bar.Low <= bar.Milliseconds && bar.Milliseconds <= bar.High)) is { } odd)
            throw new InputException($"'{odd.Network}' ({odd.Side}) takes {odd.Low} to {odd.High} ms, {odd.Milliseconds} typically: times must be above 0 and in order.");
        size ??= SizeOf(figure);
        return new Figure(size, Csv(figure), Plot(figure, size));
    }

    private static string Csv(LatencyFigure figure) => CsvText.Of(
        new StringDataFrameColumn("network", figure.Bars.Select(bar => bar.Network)),
        new StringDataFrameColumn("side", figure.Bars.Select(bar => bar.Side)),
        new DoubleDataFrameColumn("milliseconds", figure.Bars.Select(bar => bar.Milliseconds)),
        new DoubleDataFrameColumn("low", figure.Bars.Select(bar => bar.Low)),
        new DoubleDataFrameColumn("high", figure.Bars.Select(bar => bar.High)));

    private static Plot Plot(LatencyFigure figure, FigureSize size)
    {
        var plot = FigureStyle.NewPlot();
        string[] sides = [.. figure.Bars.Select(bar => bar.Side).Distinct()];
        bool isLogarithmic = figure.Bars.Max(bar => bar.Milliseconds) > MostLinear * figure.Bars.Min(bar => bar.Milliseconds);
        double X(double milliseconds) => isLogarithmic ? Math.Log10(milliseconds) : milliseconds;
        double low = X(figure.Bars.Min(bar => bar.Low)), high = X(figure.Bars.Max(bar => bar.High));
        double left = isLogarithmic ? low - 0.05 * (high - low) : 0, right = high + RoomForNumber * (high - left);
        var labels = new NumericManual();
        string Name(string network) => TextFit.Shorten(network, MostNames * size.Width, FigureStyle.TextSize);
        double y = 0;
        foreach (var network in figure.Bars.GroupBy(bar => bar.Network))
        {
            y -= Gap;
            double top = y;
            foreach (var bar in network) AddBar(plot, bar, y -= 1, FigureStyle.Series(Array.IndexOf(sides, bar.Side)), X, isLogarithmic);
            labels.AddMajor((top - 1 + y) / 2, Name(network.Key));
        }

        plot.Axes.SetLimits(left, right, y - 0.5 - Gap, 0);
        plot.Axes.Left.TickGenerator = labels;
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Axes.Bottom.TickGenerator = isLogarithmic ? FigureStyle.LogAxis(left, right) : new NumericAutomatic { TickDensity = 0.6 };
        plot.Grid.YAxisStyle.IsVisible = false;
        float names = figure.Bars.Max(bar => TextFit.Width(Name(bar.Network), FigureStyle.TextSize));
        FigureStyle.XLabel(plot, $"Milliseconds per frame ({figure.IntervalName})", size, names - UsualTicks);
        if (figure.Title.Length > 0) FigureStyle.Title(plot, figure.Title);
        for (int i = 0; i < sides.Length; i++)
        {
            plot.Legend.ManualItems.Add(isLogarithmic
                ? new LegendItem { LabelText = sides[i], MarkerStyle = new MarkerStyle(MarkerShape.FilledCircle, 8, FigureStyle.Series(i)) }
                : new LegendItem { LabelText = sides[i], FillColor = FigureStyle.Series(i), LineWidth = 0 });
        }

        FigureStyle.LegendBelow(plot);
        return plot;
    }

    private static void AddBar(Plot plot, LatencyBar bar, double y, Color color, Func<double, double> x, bool isLogarithmic)
    {
        if (isLogarithmic)
        {
            plot.Add.Marker(x(bar.Milliseconds), y).MarkerStyle = new MarkerStyle(MarkerShape.FilledCircle, 8, color);
        }
        else
        {
            var box = plot.Add.Rectangle(0, bar.Milliseconds, y - BarSize / 2, y + BarSize / 2);
            box.FillColor = color;
            box.LineWidth = 0;
        }

        var interval = plot.Add.Line(new CoordinateLine(x(bar.Low), y, x(bar.High), y));
        interval.LineWidth = 2;
        interval.LineColor = FigureStyle.Ink;
        var text = plot.Add.Text(Number(bar.Milliseconds), x(bar.High), y);
        text.LabelFontSize = FigureStyle.SmallSize;
        text.LabelFontColor = FigureStyle.Ink;
        text.LabelAlignment = Alignment.MiddleLeft;
        text.OffsetX = isLogarithmic ? 7 : 4;
    }

    private static string Number(double milliseconds) => milliseconds.ToString(milliseconds switch { >= 99.95 => "0", >= 9.995 => "0.0", >= 0.9995 => "0.00", _ => "G2" }, CultureInfo.InvariantCulture);
}
