using System.Globalization;
using System.Text;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Reporting;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Compare;

/// <summary>A comparison as text, Markdown and CSV.</summary>
internal static class ComparisonFiles
{
    /// <summary>The table for people.</summary>
    public static TextTable Table(Comparison comparison, IReadOnlyList<MethodSummary> summaries) => MethodTable.Of(
        [.. summaries.Select(summary => new MethodRow(
            summary.Method, summary.Test, summary.MedianRegret, summary.Hypervolume, summary.Gain, summary.PairedT, summary.Wilcoxon, summary.TrainedClips,
            summary.ScoredClips, summary.Seconds))],
        comparison.Beta is null ? "test top-1, %" : "reward, points",
        comparison.Baseline);

    /// <summary>One line for each search.</summary>
    public static string ResultsCsv(IReadOnlyList<MethodResult> results)
    {
        var text = new StringBuilder("method,seed,test,macs,macsPerFrame,trainableParameters,trainedClips,scoredClips,seconds,genotype\n");
        foreach (var result in results)
        {
            text.Append(CultureInfo.InvariantCulture, $"{CsvCell.Quoted(result.Method)},{result.Seed},{result.Test:R},{result.Cost?.Macs},{result.Cost?.MacsPerFrame},{result.Cost?.TrainableParameters},")
                .Append(CultureInfo.InvariantCulture, $"{result.TrainedClips},{result.ScoredClips},{result.Seconds:F1},{result.Genotype}\n");
        }

        return text.ToString();
    }

    /// <summary>One line for each point of each search's curve.</summary>
    public static string CurvesCsv(IReadOnlyList<MethodResult> results)
    {
        var text = new StringBuilder("method,seed,trainedClips,test,hypervolume\n");
        foreach (var result in results)
            foreach (var point in result.Curve) text.Append(CultureInfo.InvariantCulture, $"{CsvCell.Quoted(result.Method)},{result.Seed},{point.TrainedClips},{point.Test:R},{point.Hypervolume:R}\n");
        return text.ToString();
    }

    /// <summary>Writes all files, <c>README.md</c> last.</summary>
    public static void Write(
        string folder, Comparison comparison, IReadOnlyList<MethodResult> results, IReadOnlyList<MethodSummary> summaries, string setting, string command, string machine)
    {
        AtomicFile.WriteText(Path.Combine(folder, "results.csv"), ResultsCsv(results));
        AtomicFile.WriteText(Path.Combine(folder, "table.tex"), Table(comparison, summaries).ToLatex());
        bool hasCurves = results.All(result => result.Curve.Length > 0);
        if (hasCurves)
        {
            AtomicFile.WriteText(Path.Combine(folder, "curves.csv"), CurvesCsv(results));
            ComparisonFigures.Write(folder, comparison, results);
        }

        AtomicFile.WriteText(Path.Combine(folder, "README.md"),
            $"# {comparison.Name}\n\n{setting}\n\n{Table(comparison, summaries).ToMarkdown()}\n" +
            $"Mean and 95 % interval (Student's t) over {comparison.Seeds.Length} seeds; differences are of the same seed, p-values one-sided. " +
            $"`{command}`, {machine}. `table.tex` is the table for LaTeX, `results.csv` has every search{(hasCurves ? ", `curves.csv` how its best came about; `quality`, `hypervolume` and `attainment` are pictures of it, with their numbers" : "")}.\n");
    }
}
