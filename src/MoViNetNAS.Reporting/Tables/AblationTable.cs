namespace MoViNetNAS.Reporting;

/// <summary>The rows of an ablation against its first one.</summary>
public static class AblationTable
{
    private const string Signed = "+0.0;-0.0;0.0";

    /// <summary>Mean and 95 % interval over the seeds, the gain over the first row seed by seed, and costs.</summary>
    /// <param name="rows">At least one.</param>
    /// <param name="measure">Name of the measure, "top-1".</param>
    public static TextTable Of(IReadOnlyList<AblationRow> rows, string measure) => TextTable.Of(rows,
    [
        new("row", "row", row => row.Name, IsNumber: false),
        new($"{measure}, %", "measure", row => TableCell.Interval(row.Summary), Best: BestIs.Highest),
        new("clips", "clips", row => new TableCell((row.Right is null ? "" : string.Join(", ", row.Right) + " of ") + row.Clips, row.Clips)),
        new("against the first row", "gain", row => ReferenceEquals(row, rows[0]) ? TableCell.Empty : TableCell.Interval(row.Gain(rows[0]), format: Signed)),
        new("MACs a video", "macsPerVideo", row => TableCell.Short(row.MacsPerVideo), Best: BestIs.Lowest),
        new("per frame", "macsPerFrame", row => TableCell.Short(row.MacsPerFrame), Best: BestIs.Lowest),
        new("parameters", "trainableParameters", row => TableCell.Count(row.TrainableParameters), Best: BestIs.Lowest),
        new("state (bytes)", "streamStateBytes", row => TableCell.Short(row.StreamStateBytes)),
    ]);
}
