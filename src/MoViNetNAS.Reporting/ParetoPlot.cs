using Microsoft.Data.Analysis;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using ScottPlot;

namespace MoViNetNAS.Reporting;

/// <summary>Quality against cost: every trial, the front as a staircase, the target, the picks.</summary>
public static class ParetoPlot
{
    private const double LeastDecades = 0.12, LeastPercent = 2, Margin = 0.05, MarkHeight = 0.04;

    /// <summary>Draws it. Its data: a row for each mark, also for those out of sight: trials (mark "front" or "dominated"), picks, references, costs and the target.</summary>
    /// <exception cref="InputException">There is no trial to show, or one has a cost that a logarithmic axis cannot show.</exception>
    public static Figure Draw(ParetoFigure figure, FigureSize? size = null)
    {
        size ??= FigureSize.Column;
        return new Figure(size, Csv(figure), Plot(figure, Limits(figure), size));
    }

    private static string Csv(ParetoFigure figure)
    {
        var rows = new List<(string Mark, string Name, double Cost, double? Quality, Trial? Trial)>();
        void AddTrials(string mark, ParetoSeries series, IReadOnlyList<Trial> trials) => rows.AddRange(
            Shown(trials).OrderBy(trial => trial.Cost.Of(figure.Objective)).ThenBy(trial => trial.Quality).Select(trial => (mark, series.Name, trial.Cost.Of(figure.Objective), (double?)trial.Quality, (Trial?)trial)));
        foreach (var series in figure.Series)
        {
            AddTrials("front", series, series.Front);
            AddTrials("dominated", series, series.Dominated);
        }

        rows.AddRange(figure.Picks.Select(pick => ("pick", pick.Label, pick.Trial.Cost.Of(figure.Objective), (double?)pick.Trial.Quality, (Trial?)pick.Trial)));
        rows.AddRange(figure.References.Select(point => ("reference", point.Name, point.Cost, (double?)point.Quality, (Trial?)null)));
        rows.AddRange(figure.CostMarks.Select(point => ("cost", point.Name, point.Cost, (double?)null, (Trial?)null)));
        if (figure.Target is { } target) rows.Add(("target", "", target, null, null));
        return CsvText.Of(
            new StringDataFrameColumn("mark", rows.Select(row => row.Mark)),
            new StringDataFrameColumn("name", rows.Select(row => row.Name)),
            new DoubleDataFrameColumn(CostObjectives.NameOf(figure.Objective), rows.Select(row => row.Cost)),
            new DoubleDataFrameColumn("top1", rows.Select(row => row.Quality)),
            new StringDataFrameColumn("run", rows.Select(row => row.Trial?.Run)),
            new StringDataFrameColumn("phase", rows.Select(row => row.Trial?.Phase.ToString())),
            new Int32DataFrameColumn("step", rows.Select(row => row.Trial?.Step)),
            new Int32DataFrameColumn("candidate", rows.Select(row => row.Trial?.Candidate)),
            new StringDataFrameColumn("genotype", rows.Select(row => row.Trial?.Genotype)));
    }

    private static Plot Plot(ParetoFigure figure, AxisLimits limits, FigureSize size)
    {
        var plot = FigureStyle.NewPlot();
        bool isAlone = figure.Series.Count == 1;
        if (!isAlone) AddPhaseLegend(plot, figure);
        AddTarget(plot, figure, limits);
        for (int i = 0; i < figure.Series.Count; i++) AddDominated(plot, figure, figure.Series[i], isAlone ? FigureStyle.Faint : FigureStyle.Series(i), isAlone);
        var labels = new PointLabels(plot, limits, size);
        AddReferences(plot, figure, limits, labels);
        AddCostMarks(plot, figure, limits, labels);
        for (int i = 0; i < figure.Series.Count; i++) AddFront(plot, figure, figure.Series[i], FigureStyle.Series(i), limits, isAlone);
        AddPicks(plot, figure);
        Frame(plot, figure, limits, size);
        return plot;
    }

    private static AxisLimits Limits(ParetoFigure figure)
    {
        var trials = figure.Series.SelectMany(series => Shown(series.Front).Concat(Shown(series.Dominated))).Concat(figure.Picks.Select(pick => pick.Trial)).ToList();
        if (trials.Count == 0)
            throw new InputException($"there is nothing to draw: no trial of {Names(figure)} was scored outside warm-up.");
        if (trials.Find(trial => trial.Cost.Of(figure.Objective) <= 0) is { } free)
        {
            throw new InputException(
                $"trial {free.Run} {free.Phase} {free.Step}/{free.Candidate} has a cost of {free.Cost.Of(figure.Objective)} ({ObjectiveText.Label(figure.Objective)}), which a logarithmic axis cannot show; choose another objective.");
        }

        var costs = trials.Select(trial => X(figure, trial)).ToList();
        if (figure.Target is { } target) costs.AddRange([Math.Log10(target * (1 - Math.Min(figure.Tolerance, 0.9))), Math.Log10(target * (1 + figure.Tolerance))]);
        var (left, right) = Padded(costs.Min(), costs.Max(), LeastDecades);
        var (bottom, top) = Padded(trials.Min(Y), trials.Max(Y), LeastPercent);
        return new AxisLimits(left, right, Math.Max(bottom, -1), Math.Min(top, 101));
    }

    private static (double Low, double High) Padded(double low, double high, double least)
    {
        double centre = (low + high) / 2, half = Math.Max(high - low, least) / 2;
        return (centre - half * (1 + 2 * Margin), centre + half * (1 + 2 * Margin));
    }

    private static void AddTarget(Plot plot, ParetoFigure figure, AxisLimits limits)
    {
        if (figure.Target is not { } target) return;
        if (figure.Tolerance > 0)
        {
            double low = Math.Max(limits.Left, Math.Log10(target * (1 - Math.Min(figure.Tolerance, 0.9))));
            var band = plot.Add.HorizontalSpan(low, Math.Min(limits.Right, Math.Log10(target * (1 + figure.Tolerance))));
            band.FillStyle.Color = FigureStyle.Ink.WithAlpha(0.07);
            band.LineStyle.Width = 0;
        }

        FigureStyle.AddDashes(plot, new Coordinates(Math.Log10(target), limits.Bottom), new Coordinates(Math.Log10(target), limits.Top), 25);
        string tolerance = figure.Tolerance > 0 ? $" ± {100 * figure.Tolerance:0.##}%" : "";
        plot.Legend.ManualItems.Add(new LegendItem // the last item: see AddDashes
        {
            LabelText = $"target {ObjectiveText.Short(target)}{tolerance}",
            LineWidth = 1.5f,
            LineColor = FigureStyle.Ink,
            LinePattern = LinePattern.Dashed,
        });
    }

    private static void AddDominated(Plot plot, ParetoFigure figure, ParetoSeries series, Color color, bool isAlone)
    {
        foreach (var group in Shown(series.Dominated).GroupBy(trial => trial.Phase).OrderBy(group => group.Key))
        {
            var markers = plot.Add.Markers(group.Select(trial => X(figure, trial)).ToArray(), group.Select(Y).ToArray());
            markers.MarkerStyle = Faded(group.Key, group.Key == TrialPhase.Baseline && isAlone ? FigureStyle.Series(1) : color, group.Count());
            if (isAlone) markers.LegendText = PhaseName(group.Key);
        }
    }

    // Small, and the fainter the more there are.
    private static MarkerStyle Faded(TrialPhase phase, Color color, int count) => phase switch
    {
        TrialPhase.Baseline => new MarkerStyle(MarkerShape.OpenTriangleUp, 6, color.WithAlpha(0.85)) { LineWidth = 1, LineColor = color.WithAlpha(0.85) },
        TrialPhase.Rescored => new MarkerStyle(MarkerShape.OpenSquare, 6, color) { LineWidth = 1.2f, LineColor = color },
        _ => new MarkerStyle(MarkerShape.FilledCircle, count > 500 ? 3 : 4, color.WithAlpha(count > 500 ? 0.35 : 0.55)) { LineWidth = 0 },
    };

    private static void AddFront(Plot plot, ParetoFigure figure, ParetoSeries series, Color color, AxisLimits limits, bool isAlone)
    {
        Trial[] front = [.. Shown(series.Front).OrderBy(trial => X(figure, trial)).ThenBy(trial => trial.Quality)];
        if (front.Length == 0) return;

        // What can be had at a cost is the best of what costs no more: level up to the next member, then a step up.
        var corners = new List<Coordinates>();
        foreach (var trial in front)
        {
            if (corners.Count > 0) corners.Add(new Coordinates(X(figure, trial), corners[^1].Y));
            corners.Add(new Coordinates(X(figure, trial), Y(trial)));
        }

        corners.Add(new Coordinates(limits.Right, corners[^1].Y));
        var stairs = plot.Add.ScatterLine(corners);
        stairs.LineWidth = 2;
        stairs.LineColor = color;

        foreach (var group in front.GroupBy(trial => trial.Phase))
        {
            var markers = plot.Add.Markers(group.Select(trial => X(figure, trial)).ToArray(), group.Select(Y).ToArray());
            markers.MarkerStyle = new MarkerStyle(Shape(group.Key), 8.5f, color) { LineWidth = 1, LineColor = Colors.White };
            if (isAlone) markers.LegendText = group.Key == TrialPhase.Search ? "front" : $"front ({PhaseName(group.Key)})";
        }

        if (!isAlone) stairs.LegendText = series.Name;
    }

    // With several runs colours tell the runs and shapes tell what a trial was, so that the legend stays short.
    private static void AddPhaseLegend(Plot plot, ParetoFigure figure)
    {
        foreach (var phase in figure.Series.SelectMany(series => Shown(series.Dominated)).Select(trial => trial.Phase).Distinct().Order())
            plot.Legend.ManualItems.Add(new LegendItem { LabelText = PhaseName(phase), MarkerStyle = Faded(phase, FigureStyle.Faint, 0) });
    }

    private static void AddReferences(Plot plot, ParetoFigure figure, AxisLimits limits, PointLabels labels)
    {
        var inside = figure.References.Where(point => point.Cost > 0 && limits.Contains(Math.Log10(point.Cost), 100 * point.Quality)).ToList();
        if (inside.Count == 0) return;
        var markers = plot.Add.Markers(inside.Select(point => Math.Log10(point.Cost)).ToArray(), inside.Select(point => 100 * point.Quality).ToArray());
        markers.MarkerStyle = new MarkerStyle(MarkerShape.FilledDiamond, 9, FigureStyle.Ink) { LineWidth = 1, LineColor = Colors.White };
        markers.LegendText = figure.ReferenceLabel;
        foreach (var point in inside)
            labels.Add(point.Name, Math.Log10(point.Cost), 100 * point.Quality, Alignment.LowerCenter, Alignment.UpperCenter, Alignment.MiddleLeft, Alignment.MiddleRight);
    }

    // Short lines that stand on the axis; where all are out of sight, the legend says where.
    private static void AddCostMarks(Plot plot, ParetoFigure figure, AxisLimits limits, PointLabels labels)
    {
        ReferencePoint[] marks = [.. figure.CostMarks.Where(mark => mark.Cost > 0)];
        if (marks.Length == 0) return;
        double height = MarkHeight * (limits.Top - limits.Bottom);
        ReferencePoint[] inside = [.. marks.Where(mark => Math.Log10(mark.Cost) >= limits.Left && Math.Log10(mark.Cost) <= limits.Right)];
        foreach (var mark in inside)
        {
            double x = Math.Log10(mark.Cost);
            var line = plot.Add.Line(new CoordinateLine(x, limits.Bottom, x, limits.Bottom + height));
            line.LineWidth = 2;
            line.LineColor = FigureStyle.Ink;
            labels.Add(mark.Name, x, limits.Bottom + height, Alignment.LowerCenter, Alignment.MiddleLeft, Alignment.MiddleRight);
        }

        string span = $"{ObjectiveText.Short(marks.Min(mark => mark.Cost))} to {ObjectiveText.Short(marks.Max(mark => mark.Cost))}";
        plot.Legend.ManualItems.Add(new LegendItem
        {
            LabelText = $"released networks, cost only: {span}{(inside.Length == 0 ? ", beyond this axis" : "")}",
            LineWidth = 2,
            LineColor = FigureStyle.Ink,
        });
    }

    private static void AddPicks(Plot plot, ParetoFigure figure)
    {
        for (int i = 0; i < figure.Picks.Count; i++)
        {
            var pick = figure.Picks[i];
            var marker = plot.Add.Marker(X(figure, pick.Trial), Y(pick.Trial));
            marker.MarkerStyle = new MarkerStyle(i == 0 ? MarkerShape.OpenCircle : MarkerShape.OpenDiamond, 15 + 3 * i, FigureStyle.Ink)
            {
                LineWidth = 1.8f,
                LineColor = FigureStyle.Ink,
            };
            marker.LegendText = pick.Label;
        }
    }

    private static void Frame(Plot plot, ParetoFigure figure, AxisLimits limits, FigureSize size)
    {
        plot.Axes.SetLimits(limits);
        plot.Axes.Bottom.TickGenerator = FigureStyle.LogAxis(limits.Left, limits.Right);
        plot.XLabel(ObjectiveText.Label(figure.Objective), FigureStyle.TextSize);
        FigureStyle.YLabel(plot, figure.QualityLabel, size);
        if (figure.Title.Length > 0) FigureStyle.Title(plot, figure.Title);
        FigureStyle.LegendBelow(plot);
    }

    private static MarkerShape Shape(TrialPhase phase) => phase switch
    {
        TrialPhase.Baseline => MarkerShape.FilledTriangleUp,
        TrialPhase.Rescored => MarkerShape.FilledSquare,
        _ => MarkerShape.FilledCircle,
    };

    private static string PhaseName(TrialPhase phase) => phase switch
    {
        TrialPhase.Baseline => "random baseline",
        TrialPhase.Rescored => "rescored",
        TrialPhase.Evolved => "evolved",
        _ => "trials",
    };

    private static IEnumerable<Trial> Shown(IReadOnlyList<Trial> trials) => trials.Where(trial => trial.Phase != TrialPhase.WarmUp);

    private static string Names(ParetoFigure figure) =>
        figure.Series.Count == 0 ? "no run" : string.Join(", ", figure.Series.Select(series => $"'{series.Name}'"));

    private static double X(ParetoFigure figure, Trial trial) => Math.Log10(trial.Cost.Of(figure.Objective));

    private static double Y(Trial trial) => 100 * trial.Quality;
}
