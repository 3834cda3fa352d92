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
    public static TextTable Table(IReadOnlyList<TrustRow> rows) => TextTable.Of(rows,
    [
        new("row", "row", row => row.Name, IsNumber: false),
        new("tau-b", "tau", row => TableCell.Interval(SampleSummary.Of([.. Taus(row)]), 1, "F2"), Best: BestIs.Highest),
        new("against the first row", "gain", row => ReferenceEquals(row, rows[0])
            ? TableCell.Empty
            : TableCell.Interval(SampleSummary.Of([.. Taus(row).Zip(Taus(rows[0]), (own, first) => own - first)]), 1, "+0.00;-0.00;0.00")),
        new("top k that are truly top, %", "topOverlap", row => Over(row.Reports, report => report.TopOverlap, "F0"), Best: BestIs.Highest),
        new("regret of the best scored, points", "regret", row => Over(row.Reports, report => report.Regret, "F1"), Best: BestIs.Lowest),
        new("test top-1 of what was chosen, %", "foundTest", row => Over(row.Found, test => test ?? 0, "F1"), Best: BestIs.Highest),
    ]);

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

    /// <summary>Writes the picture <c>ranks</c> of a row: mean score of its seeds against stand-alone accuracy.</summary>
    /// <param name="folder">The study's folder.</param>
    /// <param name="row">Name of the row, the title.</param>
    /// <param name="seeds">The architectures of each seed; those are shown that all have, since targets may differ.</param>
    public static void Draw(string folder, string row, IReadOnlyList<IReadOnlyList<TrustedArchitecture>> seeds)
    {
        using var figure = RankPlot.Draw(new RankFigure(row, CostObjective.Macs,
            [.. seeds.SelectMany(compared => compared).GroupBy(one => one.Genotype).Where(one => one.Count() == seeds.Count)
                .Select(one => new RankPoint($"{one.Key}", one.Average(seed => seed.Shared), one.First().MeanAlone, one.First().Cost.Macs))]));
        figure.Save(Path.Combine(folder, "ranks"));
    }

    /// <summary>Writes <c>trust.csv</c>, <c>table.tex</c> and <c>README.md</c>.</summary>
    public static void Write(string folder, TrustStudy study, IReadOnlyList<TrustRow> rows, string command, string machine)
    {
        AtomicFile.WriteText(Path.Combine(folder, "trust.csv"), Csv(study, rows));
        AtomicFile.WriteText(Path.Combine(folder, "table.tex"), Table(rows).ToLatex());
        AtomicFile.WriteText(Path.Combine(folder, "README.md"),
            $"# {study.Name}\n\n{Setting(study, rows[0].Reports[0])}\n\n{Table(rows).ToMarkdown()}\n" +
            $"Mean and 95 % interval (Student's t) over seeds {string.Join(", ", study.Seeds)}; differences are of the same seed. `{command}`, {machine}. `trust.csv` has every search, `table.tex` is the table for LaTeX, `ranks` shows the first row's scores, averaged over seeds, against stand-alone accuracy; the folder `trust` of each search has its own.\n");
    }

    private static IEnumerable<double> Taus(TrustRow row) => row.Reports.Select(report => report.Tau ?? 0);

    private static TableCell Over<T>(IEnumerable<T> seeds, Func<T, double> value, string format) =>
        TableCell.Interval(SampleSummary.Of([.. seeds.Select(value)]), format: format);
}
