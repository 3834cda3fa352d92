using System.Globalization;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Runs;

/// <summary>The file <c>training.csv</c> of a search that trains first and chooses then: one line an update, numbers exact.</summary>
internal static class TrainingCsv
{
    private const string Header = "step,loss,costRatio";

    public static void Write(string path, IEnumerable<TrainingStep> steps) => AtomicFile.WriteText(
        path,
        string.Join('\n', steps.Select(step => FormattableString.Invariant($"{step.Step},{step.TrainingLoss:R},{step.MeanCostRatio:R}")).Prepend(Header)) + "\n");

    /// <summary>The steps of a file of <paramref name="steps"/> updates in all; none when there is no such file.</summary>
    /// <exception cref="InputException">It is no such file.</exception>
    public static IReadOnlyList<TrainingStep> Read(string path, int steps)
    {
        if (!File.Exists(path)) return [];
        string[] lines = File.ReadAllLines(path);
        if (lines.Length == 0 || lines[0] != Header) throw new InputException($"{path}(1): not a training.csv; its columns are {Header}.");
        return [.. lines.Skip(1).Select((line, i) => Parse(line, steps) ?? throw new InputException($"{path}({i + 2}): {Header} are expected, not '{line}'."))];
    }

    private static TrainingStep? Parse(string line, int steps)
    {
        string[] cells = line.Split(',');
        return cells.Length == 3 && int.TryParse(cells[0], CultureInfo.InvariantCulture, out int step)
            && double.TryParse(cells[1], CultureInfo.InvariantCulture, out double loss) && double.TryParse(cells[2], CultureInfo.InvariantCulture, out double ratio)
            ? new TrainingStep(step, steps, loss, ratio)
            : null;
    }
}
