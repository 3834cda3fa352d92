using Microsoft.Data.Analysis;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Reporting;

/// <summary>Where and when a policy decides: the entropy of every decision, as a share of its maximum, over the steps of a search.</summary>
public static class EntropyHeatMap
{
    private const int MostColumns = 80;

    /// <summary>A size as high as the rows need.</summary>
    /// <param name="figure">What will be drawn.</param>
    /// <param name="width">Width in units, such as <see cref="FigureSize.PageWidth"/>.</param>
    public static FigureSize SizeOf(EntropyFigure figure, int width = FigureSize.ColumnWidth) => HeatMap.SizeOf(Rows(figure, [.. figure.Tracks.Select(_ => Array.Empty<double>())]), width);

    /// <summary>Draws it; neighbouring steps are averaged where there are more than can be seen. Its data: a row for each decision and column.</summary>
    /// <exception cref="InputException">There are no steps or no decisions with several options.</exception>
    public static Figure Draw(EntropyFigure figure, FigureSize? size = null)
    {
        if (figure.Steps.Count == 0 || figure.Tracks.Count == 0) throw new InputException("there is nothing to draw: no entropies of an open decision were stored.");
        int columns = Math.Min(MostColumns, figure.Steps.Count);
        int[] starts = [.. Enumerable.Range(0, columns + 1).Select(i => (int)((long)i * figure.Steps.Count / columns))];
        double[][] means = [.. figure.Tracks.Select(track => Enumerable.Range(0, columns).Select(i => track.Entropies.Skip(starts[i]).Take(starts[i + 1] - starts[i]).Average()).ToArray())];
        var rows = Rows(figure, [.. figure.Tracks.Select((track, i) => means[i].Select(entropy => entropy / Math.Log(track.Options)).ToArray())]);
        double[] edges = [.. starts[..^1].Select(start => (double)figure.Steps[start]), figure.Steps[^1] + 1];
        size ??= HeatMap.SizeOf(rows, FigureSize.ColumnWidth);
        return new Figure(size, Csv(figure, starts, means), HeatMap.Of(figure.Title, "Entropy / maximum", edges, rows, size));
    }

    private static HeatMapRow[] Rows(EntropyFigure figure, IReadOnlyList<double>[] shares) =>
        [.. figure.Tracks.Zip(shares).OrderBy(pair => pair.First.Tag).Select(pair => new HeatMapRow(
            DecisionText.Tag(pair.First.Tag), DecisionText.Part(pair.First.Path), DecisionText.Short(pair.First.Path), pair.Second))];

    private static string Csv(EntropyFigure figure, int[] starts, double[][] means)
    {
        var rows = figure.Tracks.SelectMany((track, t) => means[t].Select((mean, i) => (Track: track, From: figure.Steps[starts[i]], To: figure.Steps[starts[i + 1] - 1], Mean: mean))).ToList();
        return CsvText.Of(
            new StringDataFrameColumn("decision", rows.Select(row => row.Track.Path)),
            new Int32DataFrameColumn("options", rows.Select(row => row.Track.Options)),
            new Int32DataFrameColumn("firstStep", rows.Select(row => row.From)),
            new Int32DataFrameColumn("lastStep", rows.Select(row => row.To)),
            new DoubleDataFrameColumn("entropyNats", rows.Select(row => row.Mean)),
            new DoubleDataFrameColumn("share", rows.Select(row => row.Mean / Math.Log(row.Track.Options))));
    }
}
