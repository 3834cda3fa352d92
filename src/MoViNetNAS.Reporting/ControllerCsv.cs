using System.Globalization;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Reporting;

/// <summary>The lines of <c>controller.csv</c>: one a step, numbers exact, one column of entropy a decision.</summary>
public static class ControllerCsv
{
    private const string FixedColumns = "step,quality,costRatio,entropy,reward";
    private const string EntropyPrefix = "entropy:";

    /// <summary>The first line, without a line end; <paramref name="decisions"/> are the paths of the space's decisions.</summary>
    public static string Header(IReadOnlyList<string> decisions) =>
        string.Join(',', decisions.Select(path => EntropyPrefix + path).Prepend(FixedColumns));

    /// <summary>The line of a step, without a line end.</summary>
    public static string Line(ControllerStep step) => string.Join(',', step.DecisionEntropies
        .Prepend(step.MeanReward).Prepend(step.MeanEntropy).Prepend(step.MeanCostRatio).Prepend(step.MeanQuality)
        .Select(value => value.ToString("R", CultureInfo.InvariantCulture))
        .Prepend(step.Step.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The steps of a file; a last line that was cut off, because the run was killed, is left out.</summary>
    /// <param name="reader">The file's text.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <exception cref="InputException">It is no such file.</exception>
    public static IReadOnlyList<ControllerStep> Read(TextReader reader, string name)
    {
        string header = reader.ReadLine() ?? "";
        if (header != FixedColumns && !header.StartsWith(FixedColumns + ",", StringComparison.Ordinal))
            throw new InputException($"{name}(1): not a controller.csv; its columns begin with {FixedColumns}.");
        int columns = header.Split(',').Length;
        var steps = new List<ControllerStep>();
        string? line = reader.ReadLine();
        for (int number = 2; line is not null; number++)
        {
            string? next = reader.ReadLine();
            if (Parse(line, columns) is { } step) steps.Add(step);
            else if (next is not null) throw new InputException($"{name}({number}): {columns} numbers are expected, not '{line}'.");
            line = next;
        }

        return steps;
    }

    private static ControllerStep? Parse(string line, int columns)
    {
        string[] cells = line.Split(',');
        if (cells.Length != columns || !int.TryParse(cells[0], CultureInfo.InvariantCulture, out int step)) return null;
        var values = new double[columns - 1];
        for (int i = 1; i < columns; i++)
            if (!double.TryParse(cells[i], CultureInfo.InvariantCulture, out values[i - 1])) return null;
        return new ControllerStep(step, values[0], values[1], values[2], values[3], values[4..]);
    }
}
