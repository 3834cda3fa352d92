using Microsoft.Data.Analysis;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Reporting;

/// <summary>How the policy came to its choices: the probability of options as colours over the steps of a search, decisions of one kind together.
/// Small spaces have a row for each option, others one for each decision: the option that leads in the end.</summary>
public static class ChoiceHeatMap
{
    private const int MostOptions = 45;

    /// <summary>A size as high as the rows need.</summary>
    /// <param name="figure">What will be drawn.</param>
    /// <param name="width">Width in units, such as <see cref="FigureSize.PageWidth"/>.</param>
    public static FigureSize SizeOf(ChoiceFigure figure, int width = FigureSize.ColumnWidth) => HeatMap.SizeOf(Rows(Shown(figure)), width);

    /// <summary>Draws it. Its data: a row for each shown option and step.</summary>
    /// <exception cref="InputException">There are no steps or no decisions with several options.</exception>
    public static Figure Draw(ChoiceFigure figure, FigureSize? size = null)
    {
        if (figure.Steps.Count == 0 || figure.Tracks.Count == 0) throw new InputException("there is nothing to draw: no logits of an open decision were stored.");
        var shown = Shown(figure);
        var rows = Rows(shown);
        size ??= HeatMap.SizeOf(rows, FigureSize.ColumnWidth);
        string label = shown.Count == figure.Tracks.Count ? "Probability" : "Probability of the final choice";
        return new Figure(size, Csv(figure.Steps, shown), HeatMap.Of(figure.Title, label, StepEdges.Of(figure.Steps), rows, size));
    }

    private static List<ChoiceTrack> Shown(ChoiceFigure figure)
    {
        var tracks = figure.Tracks.Count <= MostOptions ? figure.Tracks : figure.Tracks.GroupBy(track => track.Path).Select(options => options.MaxBy(option => option.Probabilities[^1])!);
        return [.. tracks.OrderBy(track => track.Tag)]; // stable: paths keep their order
    }

    private static HeatMapRow[] Rows(List<ChoiceTrack> tracks) =>
        [.. tracks.Select(track => new HeatMapRow(DecisionText.Tag(track.Tag), DecisionText.Part(track.Path), $"{DecisionText.Short(track.Path)} {track.Option}", track.Probabilities))];

    private static string Csv(IReadOnlyList<int> steps, List<ChoiceTrack> tracks)
    {
        var rows = tracks.SelectMany(track => steps.Zip(track.Probabilities, (step, share) => (Track: track, Step: step, Share: share))).ToList();
        return CsvText.Of(
            new StringDataFrameColumn("decision", rows.Select(row => row.Track.Path)),
            new StringDataFrameColumn("option", rows.Select(row => row.Track.Option)),
            new Int32DataFrameColumn("step", rows.Select(row => row.Step)),
            new DoubleDataFrameColumn("probability", rows.Select(row => row.Share)));
    }
}
