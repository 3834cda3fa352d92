using MoViNetNAS.Cli.Output;
using MoViNetNAS.Reporting;
using MoViNetNAS.Search;
using static MoViNetNAS.Cli.Reports.ReportText;

namespace MoViNetNAS.Cli.Reports;

/// <summary>Several runs side by side; those that differ by their seed alone as mean and interval.</summary>
internal static class SeveralRunsBlocks
{
    public static IEnumerable<ReportBlock> Of(IReadOnlyList<ReportedRun> runs)
    {
        if (runs.Count < 2) yield break;
        yield return new TableBlock("runs", "Every run: its result with shared weights, and random architectures of the same cost, scored the same way.", TextTable.Of(runs,
        [
            new("run", "run", run => run.Name, IsNumber: false),
            new("search", "algorithm", run => run.Record.Algorithm, IsNumber: false),
            new("space", "space", run => run.Record.SpaceName, IsNumber: false),
            new("seed", "seed", run => new TableCell($"{run.Record.Seed}", run.Record.Seed)),
            new("target", "target", run => new TableCell(Units.Metric(run.Record.Target), run.Record.Target)),
            new("cost / target", "costRatio", run => TableCell.Number(run.Pick?.CostRatio, "F3")),
            new("top-1 (%)", "top1", run => TableCell.Percent(run.Pick?.Quality), Best: BestIs.Highest),
            new("random, mean (%)", "randomMean", run => TableCell.Percent(run.Summary?.Chance?.Mean)),
            new("random, best (%)", "randomBest", run => TableCell.Percent(run.Summary?.Chance?.Best)),
            new("p", "p", run => TableCell.Number(run.Summary?.Chance?.PValue, "F3")),
            new("trials", "trials", run => TableCell.Count(run.Account.Trials)),
            new("seconds", "seconds", run => TableCell.Number(run.Account.Time?.Seconds, "0")),
        ]))
        {
            OnlyOnScreen = ["trials", .. Common(runs)],
        };
        var repeated = runs.GroupBy(run => run.Setting).Where(group => group.Count() > 1).ToList();
        if (repeated.Count == 0) yield break;
        yield return new TableBlock(
            "seeds", "Runs that differ by their seed alone: mean and 95 % interval (Student's t). Differences are of the same run; p is one-sided, of a paired t test.",
            TextTable.Of(repeated.Select(group => Repetition.Of([.. group])),
            [
                new("search", "algorithm", row => row.First.Record.Algorithm, IsNumber: false),
                new("space", "space", row => row.First.Record.SpaceName, IsNumber: false),
                new("target", "target", row => row.Targets, IsNumber: false),
                new("seeds", "seeds", row => TableCell.Count(row.Runs)),
                new("top-1 (%)", "top1", row => TableCell.Interval(row.Found), Best: BestIs.Highest),
                new("random, mean (%)", "randomMean", row => TableCell.Interval(row.RandomMean)),
                new("above random's mean (points)", "gain", row => TableCell.Interval(row.AboveMean, format: "+0.0;-0.0;0.0")),
                new("p", "p", row => TableCell.P(row.PAboveMean)),
                new("above random's best (points)", "gainOverBest", row => TableCell.Interval(row.AboveBest, format: "+0.0;-0.0;0.0")),
                new("p", "pOverBest", row => TableCell.P(row.PAboveBest)),
            ]))
        {
            OnlyOnScreen = [.. Common(runs)],
        };
    }

    // What is the same in all rows, paper need not repeat.
    private static IEnumerable<string> Common(IReadOnlyList<ReportedRun> runs)
    {
        if (runs.Select(run => run.Record.Algorithm).Distinct().Count() == 1) yield return "algorithm";
        if (runs.Select(run => run.Record.SpaceName).Distinct().Count() == 1) yield return "space";
    }

    /// <summary>What repetitions say together; nothing where no run is repeated.</summary>
    public static IEnumerable<string> Sentences(IReadOnlyList<ReportedRun> runs) => runs.GroupBy(run => run.Setting).Where(group => group.Count() > 1).Select(group => Repetition.Of([.. group]))
        .Where(row => row.Found is not null && row.RandomMean is not null).Select(row => FormattableString.Invariant(
            $"Over {Count(row.Runs, "run")} of {row.First.Record.Algorithm} that differ by their seed, results have {Shown(row.Found!)} % with shared weights and random architectures of the same cost {Shown(row.RandomMean!)} % on average; results are {Shown(row.AboveMean!)} points above that mean and {Shown(row.AboveBest!)} above the best random one of their run (mean and 95 % interval)."));

    private static string Shown(SampleSummary summary) => TableCell.Interval(summary).Text;

    private sealed record Repetition(
        ReportedRun First, string Targets, int Runs, SampleSummary? Found, SampleSummary? RandomMean, SampleSummary? AboveMean, double? PAboveMean, SampleSummary? AboveBest, double? PAboveBest)
    {
        public static Repetition Of(IReadOnlyList<ReportedRun> runs)
        {
            ChanceComparison[] chances = [.. runs.Select(run => run.Summary?.Chance).OfType<ChanceComparison>()];
            double[] found = [.. chances.Select(chance => chance.Found)], means = [.. chances.Select(chance => chance.Mean)], best = [.. chances.Select(chance => chance.Best)];
            return new Repetition(runs[0], TargetsOf(runs), runs.Count, Summary([.. runs.Select(run => run.Pick?.Quality).OfType<double>()]), Summary(means), Difference(found, means), P(found, means), Difference(found, best), P(found, best));
        }

        // A target such as the median is estimated from random draws, so that it differs a little from seed to seed.
        private static string TargetsOf(IReadOnlyList<ReportedRun> runs)
        {
            double least = runs.Min(run => run.Record.Target), most = runs.Max(run => run.Record.Target);
            return least == most ? Units.Metric(least) : $"{Units.Metric(least)} – {Units.Metric(most)}";
        }

        private static SampleSummary? Summary(double[] values) => values.Length == 0 ? null : SampleSummary.Of(values);

        private static SampleSummary? Difference(double[] x, double[] y) => x.Length == 0 ? null : PairedDifference.Summary(x, y);

        private static double? P(double[] x, double[] y) => x.Length < 2 ? null : PairedTTest.Of(x, y, Alternative.Greater)?.P;
    }
}
