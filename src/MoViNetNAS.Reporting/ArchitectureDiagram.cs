using Microsoft.Data.Analysis;
using MoViNetNAS.Spaces;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace MoViNetNAS.Reporting;

/// <summary>A network along its depth: a pale bar as high as each layer's expanded width, a strong one as high as its output width, coloured by kernel,
/// with marks for squeeze-excite and stride. The paper's table 5, drawn.</summary>
public static class ArchitectureDiagram
{
    private const int Height = 370;
    private const double Gap = 0.5, Side = 0.8, HalfOuter = 0.42, HalfInner = 0.19; // in layers
    private const double Frame = 75, LetterWidth = 6.7, LeastNamePitch = 32, LeastShownPitch = 28, LeastTextPitch = 10.5; // in units of the figure
    private const double LeastShare = 0.6; // of the distance of layers without room for names

    private static readonly Color Plain = FigureStyle.Faint;

    /// <summary>A size of <paramref name="width"/> units.</summary>
    public static FigureSize SizeOf(int width = FigureSize.ColumnWidth) => new(width, Height);

    /// <summary>Draws it. Its data: a row for the stem, for each layer and for the head.</summary>
    public static Figure Draw(ArchitectureFigure figure, FigureSize? size = null)
    {
        size ??= SizeOf();
        Column[] columns = [.. Columns(figure.Architecture, Pitch(figure.Architecture, size.Width - Frame))];
        return new Figure(size, Csv(columns), Plot(figure, columns, size));
    }

    // Blocks of few layers keep a fixed room for their names, so that the distance of layers is what the others leave. Where that
    // is too little to see, no room is kept, and every so many blocks are named.
    private static double Pitch(Architecture network, double room)
    {
        double even = room / (network.LayerCount + 5), pitch = even;
        for (int i = 0; i < 20; i++)
        {
            Column[] columns = [.. Columns(network, pitch)];
            pitch = room / (columns[^1].X - columns[0].X + 2 * Side);
        }

        return pitch < LeastShare * even ? double.PositiveInfinity : pitch;
    }

    /// <param name="network">The network.</param>
    /// <param name="pitch">About the distance of two layers, in units of the figure; infinite when names get no room.</param>
    private static IEnumerable<Column> Columns(Architecture network, double pitch)
    {
        // The names of the stem and of the first block, which stands in its middle, need room.
        double x = -Math.Max(0, LeastNamePitch / pitch - 1 - Gap - (network.Blocks[0].Layers.Length - 1) / 2.0);
        double Apart(int first) => Math.Max(1 + Gap, LeastNamePitch / pitch - (network.Blocks[first].Layers.Length + network.Blocks[first + 1].Layers.Length - 2) / 2.0);
        int size = network.Input.Resolution, halved = (size + 1) / 2;
        yield return new Column(x, "stem", "stem", new KernelShape(1, 3), InputShape.Channels, null, network.StemWidth, 2, false, size, halved);
        int block = -1, width = network.StemWidth;
        x = 0;
        foreach (var site in network.Sites())
        {
            x += site.Block == block ? 1 : block < 0 ? 1 + Gap : Apart(block);
            block = site.Block;
            (width, halved) = (site.OutputWidth, site.OutputSize);
            yield return new Column(
                x, $"{site.Block + 2}", $"layer{site.Layer + 1}", site.Spec.Kernel, site.InputWidth, site.Spec.Expansion, site.OutputWidth, site.Stride, site.Spec.HasSqueezeExcite,
                site.InputSize, site.OutputSize);
        }

        x += Math.Max(1 + Gap, LeastNamePitch / pitch - (network.Blocks[^1].Layers.Length - 1) / 2.0);
        yield return new Column(x, "head", "head", new KernelShape(1, 1), width, null, network.HeadWidth, 1, false, halved, halved);
    }

    private static string Csv(Column[] columns) => CsvText.Of(
        new StringDataFrameColumn("block", columns.Select(column => column.IsBlock ? $"block{column.Block}" : column.Block)),
        new StringDataFrameColumn("layer", columns.Select(column => column.Layer)),
        new StringDataFrameColumn("kernel", columns.Select(column => $"{column.Kernel}")),
        new Int32DataFrameColumn("inputWidth", columns.Select(column => column.InputWidth)),
        new Int32DataFrameColumn("expansion", columns.Select(column => column.Expansion)),
        new Int32DataFrameColumn("outputWidth", columns.Select(column => column.OutputWidth)),
        new Int32DataFrameColumn("stride", columns.Select(column => column.Stride)),
        new BooleanDataFrameColumn("squeezeExcite", columns.Select(column => column.HasSqueezeExcite)),
        new Int32DataFrameColumn("inputSize", columns.Select(column => column.InputSize)),
        new Int32DataFrameColumn("outputSize", columns.Select(column => column.OutputSize)));

    private static Plot Plot(ArchitectureFigure figure, Column[] columns, FigureSize size)
    {
        var plot = FigureStyle.NewPlot();
        double highest = columns.Max(column => column.Height);
        double left = columns[0].X - Side, right = columns[^1].X + Side;
        bool hasTexts = (size.Width - Frame) / (right - left) >= LeastTextPitch;
        double unit = highest / (size.Height - 190); // about a unit of the figure, in channels
        double textLength = LetterWidth * columns.Max(column => $"{column.Kernel}".Length);
        double top = highest + unit * (hasTexts ? textLength + 17 : 16), bottom = -12 * unit;
        var colors = new KernelColors(columns.Where(column => column.IsBlock).Select(column => column.Kernel));
        foreach (var column in columns)
        {
            var color = column.IsBlock ? colors.Of(column.Kernel) : Plain;
            if (column.Expansion is { } expansion) AddBar(plot, column.X, HalfOuter, expansion, color.InterpolateRgb(Colors.White, 0.62));
            AddBar(plot, column.X, column.Expansion is null ? HalfOuter : HalfInner, column.OutputWidth, color);
            if (column.HasSqueezeExcite) AddMark(plot, column.X, column.Height + 6 * unit, SqueezeExciteMark);
            if (column.Stride == 2) AddMark(plot, column.X, -6 * unit, StrideMark);
            if (hasTexts) AddText(plot, column, unit);
        }

        plot.Axes.SetLimits(left, right, bottom, top);
        Label(plot, figure, columns, size);
        AddLegend(plot, columns, colors);
        return plot;
    }

    private static MarkerStyle SqueezeExciteMark => new(MarkerShape.FilledCircle, 5, FigureStyle.Ink) { LineWidth = 0 };

    private static MarkerStyle StrideMark => new(MarkerShape.FilledTriangleDown, 7, FigureStyle.Ink) { LineWidth = 0 };

    private static void AddBar(Plot plot, double x, double half, double height, Color color)
    {
        var bar = plot.Add.Rectangle(x - half, x + half, 0, height);
        bar.FillColor = color;
        bar.LineWidth = 0;
    }

    private static void AddMark(Plot plot, double x, double y, MarkerStyle style) => plot.Add.Marker(x, y).MarkerStyle = style;

    private static void AddText(Plot plot, Column column, double unit)
    {
        var text = plot.Add.Text($"{column.Kernel}", column.X, column.Height + unit * (column.HasSqueezeExcite ? 13 : 5));
        text.LabelFontSize = FigureStyle.SmallSize;
        text.LabelFontColor = FigureStyle.Ink;
        text.LabelRotation = -90;
        text.LabelAlignment = Alignment.MiddleLeft;
    }

    private static void Label(Plot plot, ArchitectureFigure figure, Column[] columns, FigureSize size)
    {
        var ticks = new NumericManual();
        double last = double.NegativeInfinity, pitch = (size.Width - Frame) / (columns[^1].X - columns[0].X + 2 * Side);
        foreach (var block in columns.GroupBy(column => column.Block))
        {
            double x = (block.First().X + block.Last().X) / 2;
            if ((x - last) * pitch < LeastShownPitch) continue;
            ticks.AddMajor(last = x, $"{block.Key}\n{block.Last().OutputSize}²");
        }

        plot.Axes.Bottom.TickGenerator = ticks;
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.Axes.Left.TickGenerator = new NumericAutomatic { TickDensity = 0.5, IntegerTicksOnly = true };
        plot.Grid.XAxisStyle.IsVisible = false;
        var input = figure.Architecture.Input;
        plot.XLabel($"Block, size of its output (clip: {input.Frames} x {input.Resolution}²)", FigureStyle.TextSize);
        plot.YLabel("Channels", FigureStyle.TextSize);
        if (figure.Title.Length > 0) FigureStyle.Title(plot, figure.Title);
    }

    private static void AddLegend(Plot plot, Column[] columns, KernelColors colors)
    {
        foreach (var (name, color) in colors.Legend) plot.Legend.ManualItems.Add(new LegendItem { LabelText = name, FillColor = color, LineWidth = 0 });
        plot.Legend.ManualItems.Add(new LegendItem { LabelText = "stride 2", MarkerStyle = StrideMark });
        if (columns.Any(column => column.HasSqueezeExcite)) plot.Legend.ManualItems.Add(new LegendItem { LabelText = "squeeze-excite", MarkerStyle = SqueezeExciteMark });
        plot.Legend.ManualItems.Add(new LegendItem { LabelText = "pale: expanded width, strong: output", FillColor = Plain.InterpolateRgb(Colors.White, 0.62), LineWidth = 0 });
        FigureStyle.LegendBelow(plot);
    }

    /// <summary>What stands at one place along the depth.</summary>
    private sealed record Column(
        double X, string Block, string Layer, KernelShape Kernel, int InputWidth, int? Expansion, int OutputWidth, int Stride, bool HasSqueezeExcite, int InputSize, int OutputSize)
    {
        public bool IsBlock => Expansion is not null;

        public int Height => Math.Max(Expansion ?? 0, OutputWidth);
    }
}
