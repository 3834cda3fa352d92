using System.Globalization;
using System.Text;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Reporting;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Studies;

/// <summary>The table of a study, as text, Markdown and CSV.</summary>
internal static class StudyFiles
{
    private static readonly bool[] IsNumber = [false, true, true, true, true, true, true, true];

    /// <summary>The table for people: mean and 95 % interval over the seeds, the gain over the first row, and costs.</summary>
    public static TextTable Table(IReadOnlyList<StudyResult> results) => new(
        ["", $"{results[0].Seeds[0].Result.MeasureName}, %", "clips", "against the first row", "multiply-adds a video", "per frame", "parameters", "state"],
        [.. results.Select((result, i) => new[]
        {
            result.Row.Name,
            Share(result.Summary),
            (result.Seeds[0].Result.IsMultiLabel ? "" : string.Join(", ", result.Seeds.Select(seed => $"{seed.Result.Right}")) + " of ") + result.Seeds[0].Result.Clips,
            i == 0 ? "" : Signed(result.Gain(results[0])),
            Units.Metric(result.Cost.Macs * result.Row.Evaluation.Views),
            Units.Metric(result.Cost.MacsPerFrame),
            Units.Count(result.Cost.TrainableParameters),
            Units.Bytes(result.Cost.StreamStateBytes),
        })],
        IsNumber);

    /// <summary>One line for every seed of every row.</summary>
    public static string Csv(IReadOnlyList<StudyResult> results)
    {
        var text = new StringBuilder("row,seed,measure,right,clips,macsPerVideo,macsPerFrame,trainableParameters,streamStateBytes\n");
        foreach (var result in results)
            foreach (var (seed, one) in result.Seeds)
            {
                text.Append(CultureInfo.InvariantCulture, $"{CsvCell.Quoted(result.Row.Name)},{seed},{one.Measure():R},{one.Right},{one.Clips},")
                    .Append(CultureInfo.InvariantCulture, $"{result.Cost.Macs * result.Row.Evaluation.Views},{result.Cost.MacsPerFrame},{result.Cost.TrainableParameters},{result.Cost.StreamStateBytes}\n");
            }

        return text.ToString();
    }

    /// <summary>Writes <c>table.csv</c> and <c>README.md</c>.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="study">What was asked.</param>
    /// <param name="results">Its rows.</param>
    /// <param name="command">The command that made it.</param>
    /// <param name="machine">What it ran on.</param>
    public static void Write(string folder, Study study, IReadOnlyList<StudyResult> results, string command, string machine)
    {
        AtomicFile.WriteText(Path.Combine(folder, "table.csv"), Csv(results));
        string protocol = study.LeavesOneOut
            ? "Every source in turn is tested on by a network that all others trained; videos of all folds are counted together."
            : $"Tested on the split {study.Split}.";
        AtomicFile.WriteText(Path.Combine(folder, "README.md"),
            $"# {study.Name}\n\n{Table(results).ToMarkdown()}\n" +
            $"Mean and 95 % interval (Student's t) over seeds {string.Join(", ", study.Seeds)}; differences are of the same seed. {protocol}\n\n" +
            $"`{command}`, {machine}. `table.csv` has every seed.\n");
    }

    private static string Share(SampleSummary summary) => double.IsNaN(summary.HalfWidth)
        ? FormattableString.Invariant($"{100 * summary.Mean:F1}")
        : FormattableString.Invariant($"{100 * summary.Mean:F1} ± {100 * summary.HalfWidth:F1}");

    private static string Signed(SampleSummary summary) => double.IsNaN(summary.HalfWidth)
        ? FormattableString.Invariant($"{100 * summary.Mean:+0.0;-0.0;0.0}")
        : FormattableString.Invariant($"{100 * summary.Mean:+0.0;-0.0;0.0} ± {100 * summary.HalfWidth:F1}");
}
