using System.Globalization;
using Microsoft.Data.Analysis;
using MoViNetNAS.Spaces;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace MoViNetNAS.Reporting;

/// <summary>Which class was taken for which: a row for each true class, coloured by the share of its clips, with the number of clips where it fits.</summary>
public static class ConfusionMatrix
{
    private const int NameLength = 14;
    private const double CharacterWidth = 6.6, LeastNamePitch = 10.8, DigitWidth = 6.9, Right = 62, Bottom = 20, Top = 30; // in units of the figure

    private static readonly Color Unseen = Color.FromHex("#D9D9D9");

    /// <summary>A size in which cells are about square.</summary>
    /// <param name="figure">What will be drawn.</param>
    /// <param name="width">Width in units, such as <see cref="FigureSize.PageWidth"/>.</param>
    public static FigureSize SizeOf(ConfusionFigure figure, int width = FigureSize.ColumnWidth)
    {
        double names = NameRoom(figure);
        return new FigureSize(width, (int)(width - names - Bottom - Right + names + 2 * Bottom + Top));
    }

    /// <summary>Draws it. Its data: a row for each cell.</summary>
    /// <exception cref="InputException">There are no clips.</exception>
    /// <exception cref="ArgumentException">The counts are not those of the classes.</exception>
    public static Figure Draw(ConfusionFigure figure, FigureSize? size = null)
    {
        int count = figure.Classes.Count;
        if (figure.Clips.Count != count || figure.Clips.Any(row => row.Count != count)) throw new ArgumentException($"{count} classes need {count} rows of {count} counts.", nameof(figure));
        if (figure.Clips.All(row => row.Sum() == 0)) throw new InputException("there is nothing to draw: no clip was classified.");
        size ??= SizeOf(figure);
        return new Figure(size, Csv(figure), Plot(figure, size));
    }

    private static string Csv(ConfusionFigure figure)
    {
        var cells = figure.Classes.SelectMany((truth, i) => figure.Classes.Select((said, j) => (truth, said, Clips: figure.Clips[i][j], All: figure.Clips[i].Sum()))).ToList();
        return CsvText.Of(
            new StringDataFrameColumn("true", cells.Select(cell => cell.truth)),
            new StringDataFrameColumn("predicted", cells.Select(cell => cell.said)),
            new Int32DataFrameColumn("clips", cells.Select(cell => cell.Clips)),
            new DoubleDataFrameColumn("share", cells.Select(cell => cell.All == 0 ? null : (double?)cell.Clips / cell.All)));
    }

    private static Plot Plot(ConfusionFigure figure, FigureSize size)
    {
        var plot = FigureStyle.NewPlot();
        int count = figure.Classes.Count;
        double pitch = (size.Width - NameRoom(figure) - Bottom - Right) / count;
        var grid = new CellGrid(new ScottPlot.Range(0, 1));
        plot.Add.Plottable(grid);
        int widest = $"{figure.Clips.Max(row => row.Max())}".Length;
        bool hasTexts = pitch >= Math.Max(LeastNamePitch, DigitWidth * widest + 2);
        for (int i = 0; i < count; i++)
        {
            int all = figure.Clips[i].Sum();
            for (int j = 0; j < count; j++)
            {
                double share = all == 0 ? 0 : (double)figure.Clips[i][j] / all;
                var place = new CoordinateRect(j - 0.5, j + 0.5, -i - 0.5, -i + 0.5);
                if (all == 0) grid.Add(place, Unseen);
                else grid.Add(place, share);
                if (hasTexts && figure.Clips[i][j] > 0) AddCount(plot, figure.Clips[i][j], j, -i, share);
            }
        }

        plot.Axes.SetLimits(-0.5, count - 0.5, -count + 0.5, 0.5);
        AddNames(plot, figure.Classes, (int)Math.Ceiling(LeastNamePitch / pitch));
        plot.Grid.IsVisible = false;
        plot.XLabel("Predicted", FigureStyle.TextSize);
        plot.YLabel("True", FigureStyle.TextSize);
        if (figure.Title.Length > 0) FigureStyle.Title(plot, figure.Title);
        FigureStyle.ColorBar(plot, grid, "Share of the class", size);
        return plot;
    }

    private static void AddCount(Plot plot, int clips, double x, double y, double share)
    {
        var text = plot.Add.Text(clips.ToString(CultureInfo.InvariantCulture), x, y);
        text.LabelFontSize = FigureStyle.SmallSize;
        text.LabelFontColor = share > 0.55 ? FigureStyle.Ink : Colors.White; // the colours run from dark to light
        text.LabelAlignment = Alignment.MiddleCenter;
    }

    // Every so many, where there is no room for all.
    private static void AddNames(Plot plot, IReadOnlyList<string> classes, int every)
    {
        NumericManual across = new(), down = new();
        for (int i = 0; i < classes.Count; i += every)
        {
            across.AddMajor(i, Short(classes[i]));
            down.AddMajor(-i, Short(classes[i]));
        }

        plot.Axes.Bottom.TickGenerator = across;
        plot.Axes.Left.TickGenerator = down;
        foreach (var axis in new IAxis[] { plot.Axes.Bottom, plot.Axes.Left })
        {
            axis.TickLabelStyle.FontSize = FigureStyle.SmallSize;
            axis.MajorTickStyle.Length = 2;
        }

        plot.Axes.Bottom.TickLabelStyle.Rotation = -90;
        plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleRight;
        plot.Axes.Bottom.MinimumSize = (float)(classes.Max(name => Short(name).Length) * CharacterWidth + Bottom);
    }

    private static double NameRoom(ConfusionFigure figure) => figure.Classes.Max(name => Short(name).Length) * CharacterWidth;

    private static string Short(string name) => name.Length <= NameLength ? name : string.Concat(name.AsSpan(0, NameLength - 1), "…");
}
