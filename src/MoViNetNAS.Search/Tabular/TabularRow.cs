using System.Collections.Immutable;
using System.Globalization;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>A line of a benchmark's table: one training of one architecture.</summary>
/// <param name="Genotype">Text form.</param>
/// <param name="Training">What it came to.</param>
public sealed record TabularRow(string Genotype, TabularTraining Training)
{
    /// <summary>The text of the line: genotype, seed, scores, test, seconds; every number comes back bit for bit.</summary>
    public string ToText() => string.Create(
        CultureInfo.InvariantCulture, $"{Genotype},{Training.Seed},{string.Join(',', Training.Scores.Select(score => score.ToString("R", CultureInfo.InvariantCulture)))},{Training.Test:R},{Training.Seconds:R}");

    /// <summary>Reads a line with <paramref name="scores"/> scores; null when it is not one, for example cut off.</summary>
    public static TabularRow? Parse(string line, int scores)
    {
        string[] cells = line.Split(',');
        if (cells.Length != scores + 4 || !ulong.TryParse(cells[1], NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)) return null;
        var numbers = ImmutableArray.CreateBuilder<double>();
        foreach (string cell in cells.AsSpan(2))
        {
            if (!double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)) return null;
            numbers.Add(number);
        }

        return new TabularRow(cells[0], new TabularTraining(seed, [.. numbers.Take(scores)], numbers[scores], numbers[scores + 1]));
    }
}
