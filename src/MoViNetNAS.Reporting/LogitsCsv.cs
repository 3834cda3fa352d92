using System.Globalization;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Reporting;

/// <summary>The lines of <c>logits.csv</c>: a row each checkpoint interval, a column for each option of each open decision.</summary>
public static class LogitsCsv
{
    /// <summary>The first line, without a line end: "step", then "path=option" for every decision with more than one option.</summary>
    public static string Header(SearchSpace space) => string.Join(',', space.Decisions
        .Where(decision => decision.OptionCount > 1)
        .SelectMany(decision => decision.Labels.Select(label => $"{decision.Path}={label}"))
        .Prepend("step"));

    /// <summary>A row, without a line end; six figures say which option leads and by how much.</summary>
    /// <param name="step">Steps done when these were the logits.</param>
    /// <param name="state">The controller's state.</param>
    public static string Line(int step, ControllerState state) => string.Join(',', state.Logits
        .Where(logits => logits.Length > 1)
        .SelectMany(logits => logits.Select(logit => logit.ToString("G6", CultureInfo.InvariantCulture)))
        .Prepend(step.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The rows of a file up to step <paramref name="last"/>, as they stand; a last one that was cut off is left out.</summary>
    public static IEnumerable<string> RowsUntil(IEnumerable<string> lines, int last)
    {
        int columns = 0;
        foreach (string line in lines)
        {
            string[] cells = line.Split(',');
            if (columns == 0) columns = cells.Length;
            else if (cells.Length == columns && int.TryParse(cells[0], CultureInfo.InvariantCulture, out int step) && step <= last) yield return line;
        }
    }
}
