using System.Globalization;
using System.Text;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Reporting;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Studies;

/// <summary>The table of a study, as text, Markdown and CSV.</summary>
internal static class StudyFiles
{
    /// <summary>The table for people: mean and 95 % interval over the seeds, the gain over the first row, and costs.</summary>
    public static TextTable Table(IReadOnlyList<StudyResult> results) => AblationTable.Of([.. results.Select(result => new AblationRow(
        result.Row.Name,
        [.. result.Seeds.Select(seed => (seed.Seed, seed.Result.Measure()))],
        result.Seeds[0].Result.IsMultiLabel ? null : [.. result.Seeds.Select(seed => seed.Result.Right)],
        result.Seeds[0].Result.Clips,
        result.Cost.Macs * result.Row.Evaluation.Views,
        result.Cost.MacsPerFrame,
        result.Cost.TrainableParameters,
        result.Cost.StreamStateBytes))], results[0].Seeds[0].Result.MeasureName);

    /// <summary>A column of <c>table.csv</c> that is there only when the measure is not top-1.</summary>
    public const string MeasureNameColumn = "measureName";

    /// <summary>One line for every seed of every row; where any number of classes may be right, no clip is counted as right and the measure is named.</summary>
    public static string Csv(IReadOnlyList<StudyResult> results)
    {
        bool isNamed = results.Any(result => result.Seeds[0].Result.IsMultiLabel);
        var text = new StringBuilder("row,seed,measure,right,clips,macsPerVideo,macsPerFrame,trainableParameters,streamStateBytes");
        text.Append(isNamed ? $",{MeasureNameColumn}\n" : "\n");
        foreach (var result in results)
            foreach (var (seed, one) in result.Seeds)
            {
                text.Append(CultureInfo.InvariantCulture, $"{CsvCell.Quoted(result.Row.Name)},{seed},{one.Measure():R},{(one.IsMultiLabel ? (int?)null : one.Right)},{one.Clips},")
                    .Append(CultureInfo.InvariantCulture, $"{result.Cost.Macs * result.Row.Evaluation.Views},{result.Cost.MacsPerFrame},{result.Cost.TrainableParameters},{result.Cost.StreamStateBytes}")
                    .Append(isNamed ? $",{one.MeasureName}\n" : "\n");
            }

        return text.ToString();
    }

    /// <summary>Writes <c>table.csv</c>, <c>table.tex</c> and <c>README.md</c>.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="study">What was asked.</param>
    /// <param name="results">Its rows.</param>
    /// <param name="command">The command that made it.</param>
    /// <param name="machine">What it ran on.</param>
    public static void Write(string folder, Study study, IReadOnlyList<StudyResult> results, string command, string machine)
    {
        AtomicFile.WriteText(Path.Combine(folder, "table.csv"), Csv(results));
        AtomicFile.WriteText(Path.Combine(folder, "table.tex"), Table(results).ToLatex());
        string protocol = study.LeavesOneOut
            ? "Every source in turn is tested on by a network that all others trained; videos of all folds are counted together."
            : $"Tested on the split {study.Split}.";
        AtomicFile.WriteText(Path.Combine(folder, "README.md"),
            $"# {study.Name}\n\n{Table(results).ToMarkdown()}\n" +
            $"Mean and 95 % interval (Student's t) over seeds {string.Join(", ", study.Seeds)}; differences are of the same seed. {protocol}\n\n" +
            $"`{command}`, {machine}. `table.csv` has every seed, `table.tex` is the table for LaTeX.\n");
    }
}
