using System.Globalization;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Reporting;

/// <summary>What a heat map of choices shows.</summary>
/// <param name="Title">Title; none when empty.</param>
/// <param name="Steps">Search steps at which probabilities are known, rising.</param>
/// <param name="Tracks">Options with their probabilities; those of a decision are neighbours.</param>
public sealed record ChoiceFigure(string Title, IReadOnlyList<int> Steps, IReadOnlyList<ChoiceTrack> Tracks)
{
    /// <summary>From a <c>logits.csv</c>; a last line that was cut off is left out.</summary>
    /// <param name="title">Title; none when empty.</param>
    /// <param name="space">The space that was searched.</param>
    /// <param name="lines">The file's lines.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <exception cref="InputException">It is none of this space, or holds what is no number.</exception>
    public static ChoiceFigure Of(string title, SearchSpace space, IReadOnlyList<string> lines, string name)
    {
        if (lines.Count == 0 || lines[0] != LogitsCsv.Header(space)) throw new InputException($"{name}(1): its columns are not the open decisions of space '{space.Name}'.");
        string[] rows = [.. LogitsCsv.RowsUntil(lines, int.MaxValue)];
        double[][] numbers = [.. rows.Select(row => row.Split(',').Select(cell => double.TryParse(cell, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw new InputException($"{name}: '{cell}' in the line of step {row.Split(',')[0]} is no number.")).ToArray())];
        var tracks = new List<ChoiceTrack>();
        int column = 1;
        foreach (var decision in space.Decisions.Where(decision => decision.OptionCount > 1))
        {
            double[][] shares = [.. numbers.Select(row => Softmax(row.AsSpan(column, decision.OptionCount)))];
            for (int option = 0; option < decision.OptionCount; option++)
                tracks.Add(new ChoiceTrack(decision.Path, decision.Tag, decision.Labels[option], [.. shares.Select(row => row[option])]));
            column += decision.OptionCount;
        }

        return new ChoiceFigure(title, [.. numbers.Select(row => (int)row[0])], tracks);
    }

    private static double[] Softmax(ReadOnlySpan<double> logits)
    {
        double largest = double.NegativeInfinity, sum = 0;
        foreach (double logit in logits) largest = Math.Max(largest, logit);
        var shares = new double[logits.Length];
        for (int i = 0; i < shares.Length; i++) sum += shares[i] = Math.Exp(logits[i] - largest);
        for (int i = 0; i < shares.Length; i++) shares[i] /= sum;
        return shares;
    }
}
