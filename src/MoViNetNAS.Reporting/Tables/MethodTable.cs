namespace MoViNetNAS.Reporting;

/// <summary>Search methods compared.</summary>
public static class MethodTable
{
    private const string Signed = "+0.0;-0.0;0.0";

    /// <summary>Mean and 95 % interval over the seeds, differences seed by seed, p-values one-sided.</summary>
    /// <param name="rows">The methods.</param>
    /// <param name="measure">Heading of what is maximised, with its unit: "test top-1, %".</param>
    /// <param name="baseline">Name of the method that the others are compared with.</param>
    public static TextTable Of(IReadOnlyList<MethodRow> rows, string measure, string baseline) => TextTable.Of(rows,
    [
        new("method", "method", row => row.Name, IsNumber: false),
        new(measure, "test", row => TableCell.Interval(row.Test), Best: BestIs.Highest),
        new("median regret, points", "medianRegret", row => TableCell.Percent(row.MedianRegret), Best: BestIs.Lowest),
        new("hypervolume, %", "hypervolume", row => TableCell.Interval(row.Hypervolume), Best: BestIs.Highest),
        new($"against {baseline}, points", "gain", row => TableCell.Interval(row.Gain, format: Signed)),
        new("p (paired t)", "pPairedT", row => TableCell.P(row.PairedT)),
        new("p (Wilcoxon)", "pWilcoxon", row => TableCell.P(row.Wilcoxon)),
        new("clips trained", "trainedClips", row => TableCell.Short(row.TrainedClips)),
        new("clips scored", "scoredClips", row => row.ScoredClips > 0 ? TableCell.Short(row.ScoredClips) : TableCell.Empty),
        new("seconds", "seconds", row => TableCell.Number(row.Seconds, "0")),
    ]);
}
