using ScottPlot;

namespace MoViNetNAS.Reporting;

/// <summary>Colours and lines that all figures share.</summary>
internal static class FigureStyle
{
    public const float TextSize = 12, TitleSize = 14;

    public static readonly Color Ink = Color.FromHex("#222222");
    public static readonly Color Faint = Color.FromHex("#9A9A9A");
    public static readonly Color Grid = Color.FromHex("#E9E9E9");

    // Okabe and Ito (2008), told apart with every kind of colour blindness; yellow is left out, it fades on white paper.
    private static readonly Color[] Palette =
        [.. new[] { "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000" }.Select(Color.FromHex)];

    public static Color Series(int index) => Palette[index % Palette.Length];

    public static Plot NewPlot()
    {
        FigureFont.Register();
        var plot = new Plot();
        plot.FigureBackground.Color = Colors.White;
        plot.Axes.Color(Ink);
        plot.Grid.MajorLineColor = Grid;
        plot.Grid.MajorLineWidth = 1;
        foreach (var axis in new IAxis[] { plot.Axes.Bottom, plot.Axes.Left })
        {
            axis.TickLabelStyle.FontSize = TextSize;
            axis.Label.FontSize = TextSize;
            axis.Label.Bold = false;
            axis.MajorTickStyle.Length = 5;
            axis.MinorTickStyle.Length = 3;
        }

        plot.Axes.Top.FrameLineStyle.Width = 0;
        plot.Axes.Right.FrameLineStyle.Width = 0;
        return plot;
    }

    public static void Title(Plot plot, string title)
    {
        plot.Title(title, TitleSize);
        plot.Axes.Title.Label.Bold = true;
    }
}
