using System.Globalization;
using System.Text;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Reporting;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Trust;

/// <summary>A trust report as text, JSON and CSV.</summary>
internal static class TrustFiles
{
    /// <summary>Prints the report for people.</summary>
    public static void Print(TrustReport report, Terminal terminal)
    {
        terminal.Line($"{report.Architectures} architectures on target, {report.Seeds} trainings from scratch each");
        terminal.Line(FormattableString.Invariant(
            $"shared-weight score against stand-alone accuracy: tau-b {Number(report.Tau)} (without any association +- {2 * report.Sigma:F2}), Spearman {Number(report.Rho)}"));
        terminal.Line($"for comparison: multiply-adds {Number(report.MacsTau)}, parameters {Number(report.ParametersTau)}, one training against another {Number(report.Ceiling)} (the ceiling)");
        terminal.Line(FormattableString.Invariant(
            $"of the {report.Top} best scored {100 * report.TopOverlap:F0} % are truly among the {report.Top} best; the best of them is number {report.BestRankOfTop}; picking by score loses {100 * report.Regret:F1} points"));
        terminal.Line(Verdict(report));
    }

    /// <summary>Writes <c>trust.csv</c>, <c>trust.json</c> and the picture <c>ranks</c>; returns the report.</summary>
    public static TrustReport Write(string folder, IReadOnlyList<TrustedArchitecture> compared)
    {
        var report = TrustReport.Of(compared);
        var text = new StringBuilder("genotype,macs,macsPerFrame,trainableParameters,shared,alone");
        for (int seed = 1; seed <= report.Seeds; seed++) text.Append(CultureInfo.InvariantCulture, $",alone{seed}");
        text.Append('\n');
        foreach (var one in compared)
        {
            text.Append(CultureInfo.InvariantCulture, $"{one.Genotype},{one.Cost.Macs},{one.Cost.MacsPerFrame},{one.Cost.TrainableParameters},{one.Shared:R},{one.MeanAlone:R}");
            foreach (double alone in one.Alone) text.Append(CultureInfo.InvariantCulture, $",{alone:R}");
            text.Append('\n');
        }

        AtomicFile.WriteText(Path.Combine(folder, "trust.csv"), text.ToString());
        AtomicFile.WriteText(Path.Combine(folder, "trust.json"), Terminal.ToJson(report) + "\n");
        using var figure = RankPlot.Draw(
            new RankFigure("", CostObjective.Macs, [.. compared.Select(one => new RankPoint($"{one.Genotype}", one.Shared, one.MeanAlone, one.Cost.Macs))]));
        figure.Save(Path.Combine(folder, "ranks"));
        return report;
    }

    private static string Verdict(TrustReport report)
    {
        if (report.Tau is not { } tau || tau <= 2 * report.Sigma) return "the score cannot be told from chance here: do not choose by it.";
        double needsNoSearch = Math.Max(report.MacsTau ?? 0, report.ParametersTau ?? 0);
        return tau <= needsNoSearch ? "cost alone orders these architectures as well: the score adds nothing." : "the score orders these architectures better than cost alone.";
    }

    private static string Number(double? value) => value is { } number ? number.ToString("F2", CultureInfo.InvariantCulture) : "-";
}
