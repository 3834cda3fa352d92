using System.Globalization;
using System.Text;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Reporting;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Compare;

/// <summary>A comparison as text, Markdown and CSV.</summary>
internal static class ComparisonFiles
{
    private static readonly bool[] IsNumber = [false, true, true, true, true, true, true, true, true];

    /// <summary>The table for people.</summary>
    public static TextTable Table(Comparison comparison, IReadOnlyList<MethodSummary> summaries) => new(
        ["", comparison.Beta is null ? "test top-1, %" : "reward, points", "median regret, points", "hypervolume, %", $"against {comparison.Baseline}, points", "p (paired t)", "p (Wilcoxon)", "clips trained", "time"],
        [.. summaries.Select(summary => new[]
        {
            summary.Method,
            Share(summary.Test, "F1"),
            summary.MedianRegret is { } regret ? Points(regret) : "",
            summary.Hypervolume is { } volume ? Share(volume, "F1") : "",
            summary.Gain is { } gain ? Share(gain, "+0.0;-0.0;0.0") : "",
            P(summary.PairedT),
            P(summary.Wilcoxon),
            Units.Metric((long)summary.TrainedClips) + (summary.ScoredClips > 0 ? $" + {Units.Metric((long)summary.ScoredClips)} scored" : ""),
            Units.Duration(TimeSpan.FromSeconds(summary.Seconds)),
        })],
        IsNumber);

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
        bool hasCurves = results.All(result => result.Curve.Length > 0);
        if (hasCurves)
        {
            AtomicFile.WriteText(Path.Combine(folder, "curves.csv"), CurvesCsv(results));
            ComparisonFigures.Write(folder, comparison, results);
        }

        AtomicFile.WriteText(Path.Combine(folder, "README.md"),
            $"# {comparison.Name}\n\n{setting}\n\n{Table(comparison, summaries).ToMarkdown()}\n" +
            $"Mean and 95 % interval (Student's t) over {comparison.Seeds.Length} seeds; differences are of the same seed, p-values one-sided. " +
            $"`{command}`, {machine}. `results.csv` has every search{(hasCurves ? ", `curves.csv` how its best came about; `quality`, `hypervolume` and `attainment` are pictures of it, with their numbers" : "")}.\n");
    }

    private static string Share(SampleSummary summary, string format)
    {
        string mean = (100 * summary.Mean).ToString(format, CultureInfo.InvariantCulture);
        return double.IsNaN(summary.HalfWidth) ? mean : FormattableString.Invariant($"{mean} ± {100 * summary.HalfWidth:F1}");
    }

    private static string Points(double share) => (100 * share).ToString("F1", CultureInfo.InvariantCulture);

    private static string P(double? p) => p is not { } value ? "" : value < 1e-4 ? "< 0.0001" : value.ToString("F4", CultureInfo.InvariantCulture);
}
