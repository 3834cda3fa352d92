using System.Globalization;
using System.Text;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Reporting;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Trust;

/// <summary>The table of a trust study, as text, Markdown and CSV.</summary>
internal static class TrustStudyFiles
{
    /// <summary>Mean and 95 % interval over the seeds.</summary>
    public static TextTable Table(IReadOnlyList<TrustRow> rows) => new(
        ["", "tau-b", "against the first row", "top k that are truly top, %", "regret of the best scored, points", "test top-1 of what was chosen, %"],
        [.. rows.Select((row, i) => new[]
        {
            row.Name,
            Text(Taus(row), 1, "F2"),
            i == 0 ? "" : Text(Taus(row).Zip(Taus(rows[0]), (own, first) => own - first), 1, "+0.00;-0.00;0.00"),
            Text(row.Reports.Select(report => report.TopOverlap), 100, "F0"),
            Text(row.Reports.Select(report => report.Regret), 100, "F1"),
            Text(row.Found.Select(test => test ?? 0), 100, "F1"),
        })],
        [false, true, true, true, true, true]);

    /// <summary>What all rows share: tau of cost, the ceiling, and how many architectures.</summary>
    public static string Setting(TrustStudy study, TrustReport report) => FormattableString.Invariant(
        $"{report.Architectures} architectures on target, {report.Seeds} stand-alone trainings each (from {Path.GetFileName(study.Table)}). tau-b of multiply-adds {report.MacsTau:F2}, of parameters {report.ParametersTau:F2}; of one training against another, the ceiling, {report.Ceiling:F2}; without any association +- {2 * report.Sigma:F2}.");

    /// <summary>One line for each search.</summary>
    public static string Csv(TrustStudy study, IReadOnlyList<TrustRow> rows)
    {
        var text = new StringBuilder("row,seed,architectures,tau,sigma,ceiling,macsTau,parametersTau,rho,top,topOverlap,bestRankOfTop,regret,foundTest\n");
        foreach (var row in rows)
            for (int i = 0; i < row.Reports.Count; i++)
            {
                var report = row.Reports[i];
                text.Append(CultureInfo.InvariantCulture, $"{CsvCell.Quoted(row.Name)},{study.Seeds[i]},{report.Architectures},{report.Tau:R},{report.Sigma:R},{report.Ceiling:R},{report.MacsTau:R},")
                    .Append(CultureInfo.InvariantCulture, $"{report.ParametersTau:R},{report.Rho:R},{report.Top},{report.TopOverlap:R},{report.BestRankOfTop},{report.Regret:R},{row.Found[i]:R}\n");
            }

        return text.ToString();
    }

    /// <summary>Writes <c>trust.csv</c> and <c>README.md</c>.</summary>
    public static void Write(string folder, TrustStudy study, IReadOnlyList<TrustRow> rows, string command, string machine)
    {
        AtomicFile.WriteText(Path.Combine(folder, "trust.csv"), Csv(study, rows));
        AtomicFile.WriteText(Path.Combine(folder, "README.md"),
            $"# {study.Name}\n\n{Setting(study, rows[0].Reports[0])}\n\n{Table(rows).ToMarkdown()}\n" +
            $"Mean and 95 % interval (Student's t) over seeds {string.Join(", ", study.Seeds)}; differences are of the same seed. `{command}`, {machine}. `trust.csv` has every search.\n");
    }

    private static IEnumerable<double> Taus(TrustRow row) => row.Reports.Select(report => report.Tau ?? 0);

    private static string Text(IEnumerable<double> values, double factor, string format)
    {
        var summary = SampleSummary.Of([.. values.Select(value => factor * value)]);
        string mean = summary.Mean.ToString(format, CultureInfo.InvariantCulture);
        return double.IsNaN(summary.HalfWidth) ? mean : $"{mean} ± {summary.HalfWidth.ToString(format.TrimStart('+').Split(';')[0] is "0.00" ? "F2" : format, CultureInfo.InvariantCulture)}";
    }
}
