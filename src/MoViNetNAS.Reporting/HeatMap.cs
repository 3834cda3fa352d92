using ScottPlot;
using ScottPlot.TickGenerators;

namespace MoViNetNAS.Reporting;

/// <summary>Values in [0, 1] of many rows over the steps of a search, as colours. Rows are named singly, by part or by group, as there is room.</summary>
internal static class HeatMap
{
    private const double LabelPitch = 12.5, GroupGap = 5, MostWidthOfRow = 14, LeastHeightOfRow = 2.6; // in units of the figure
    private const int Rest = 78, LeastHeight = 84, MostHeight = 560, MostNameLength = 30;

    /// <summary>High enough to read, and no higher than fits a column.</summary>
    public static FigureSize SizeOf(IReadOnlyList<HeatMapRow> rows, int width)
    {
        double gaps = GroupGap * (Groups(rows).Count - 1);
        double pitch = Math.Clamp((MostHeight - Rest - gaps) / rows.Count, LeastHeightOfRow, MostWidthOfRow);
        return new FigureSize(width, (int)Math.Ceiling(Math.Max(LeastHeight, pitch * rows.Count) + gaps) + Rest);
    }

    /// <param name="title">Title; none when empty.</param>
    /// <param name="label">What the colours are.</param>
    /// <param name="edges">Steps at which columns begin, and the one at which the last ends.</param>
    /// <param name="rows">First to last from above; rows of a group stand together.</param>
    /// <param name="size">Size of the figure.</param>
    public static Plot Of(string title, string label, IReadOnlyList<double> edges, IReadOnlyList<HeatMapRow> rows, FigureSize size)
    {
        var plot = FigureStyle.NewPlot();
        var groups = Groups(rows);
        double pitch = (size.Height - Rest - GroupGap * (groups.Count - 1)) / rows.Count, gap = GroupGap / pitch;
        var grid = new CellGrid(new ScottPlot.Range(0, 1));
        plot.Add.Plottable(grid);
        var ticks = new NumericManual();
        double y = 0;
        foreach (var group in groups)
        {
            foreach (var (name, place) in Names(group, pitch)) ticks.AddMajor(y - place, name);
            foreach (var row in group)
            {
                AddRow(grid, row, edges, y);
                y--;
            }

            y -= gap;
        }

        plot.Axes.SetLimits(edges[0], edges[^1], y + gap, 0);
        plot.Axes.Left.TickGenerator = ticks;
        plot.Axes.Left.TickLabelStyle.FontSize = FigureStyle.SmallSize;
        plot.Axes.Left.MajorTickStyle.Length = 2;
        plot.Axes.Left.FrameLineStyle.Width = 0;
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true, TickDensity = 0.6 };
        plot.Grid.IsVisible = false;
        plot.XLabel("Search step", FigureStyle.TextSize);
        if (title.Length > 0) FigureStyle.Title(plot, title);
        FigureStyle.ColorBar(plot, grid, label, size);
        return plot;
    }

    private static List<List<HeatMapRow>> Groups(IReadOnlyList<HeatMapRow> rows) => Runs(rows, row => row.Tag);

    private static List<List<HeatMapRow>> Runs(IReadOnlyList<HeatMapRow> rows, Func<HeatMapRow, string> key)
    {
        var runs = new List<List<HeatMapRow>>();
        foreach (var row in rows)
        {
            if (runs.Count == 0 || key(runs[^1][0]) != key(row)) runs.Add([]);
            runs[^1].Add(row);
        }

        return runs;
    }

    // The finest names whose places are far enough apart.
    private static IEnumerable<(string Name, double Place)> Names(List<HeatMapRow> group, double pitch)
    {
        var rows = group.Select((row, i) => (Short(row.Name), i + 0.5)).ToList();
        if (pitch >= LabelPitch) return rows;
        var parts = new List<(string, double)>();
        int start = 0;
        foreach (var part in Runs(group, row => row.Part))
        {
            parts.Add(($"{part[0].Tag} {part[0].Part}", start + part.Count / 2.0));
            start += part.Count;
        }

        bool fits = parts.Zip(parts.Skip(1), (a, b) => (b.Item2 - a.Item2) * pitch).All(distance => distance >= LabelPitch);
        return fits && parts.Count > 1 ? parts : [(group[0].Tag, group.Count / 2.0)];
    }

    private static string Short(string name) => name.Length <= MostNameLength ? name : string.Concat(name.AsSpan(0, MostNameLength - 1), "…");

    // Neighbours of one colour are one rectangle.
    private static void AddRow(CellGrid grid, HeatMapRow row, IReadOnlyList<double> edges, double y)
    {
        int start = 0;
        for (int i = 1; i <= row.Values.Count; i++)
        {
            if (i < row.Values.Count && grid.ColorOf(row.Values[i]) == grid.ColorOf(row.Values[start])) continue;
            grid.Add(new CoordinateRect(edges[start], edges[i], y - 1, y), row.Values[start]);
            start = i;
        }
    }
}
