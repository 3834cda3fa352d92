namespace MoViNetNAS.Reporting;

/// <summary>Networks with their accuracy and costs.</summary>
public static class NetworkTable
{
    private static readonly TableColumn<NetworkRow>[] Columns =
    [
        new("network", "network", row => row.Name, IsNumber: false),
        new("variant", "variant", row => row.Variant, IsNumber: false),
        new("top-1 (%)", "top1", row => TableCell.Interval(row.Top1), Best: BestIs.Highest),
        new("seeds", "seeds", row => TableCell.Count(row.Top1?.Count)),
        new("clips", "clips", row => TableCell.Count(row.Clips)),
        new("MACs a clip", "macs", row => TableCell.Short(row.Cost.Macs), Best: BestIs.Lowest),
        new("MACs a frame", "macsPerFrame", row => TableCell.Short(row.Cost.MacsPerFrame), Best: BestIs.Lowest),
        new("parameters", "trainableParameters", row => TableCell.Short(row.Cost.TrainableParameters), Best: BestIs.Lowest),
        new("state (bytes)", "streamStateBytes", row => row.Cost.StreamStateBytes == 0 ? new TableCell("-", 0) : TableCell.Short(row.Cost.StreamStateBytes)),
        new("peak activation (bytes)", "peakActivationBytes", row => TableCell.Short(row.Cost.PeakActivationBytes), Best: BestIs.Lowest),
        new("latency (ms a frame)", "latencyMs", row => TableCell.Short(row.Cost.LatencyMs), Best: BestIs.Lowest),
    ];

    /// <summary>The table: top-1 is a fraction in CSV and percent for readers, with a 95 % interval where there are several seeds.</summary>
    /// <remarks>A dash as state: the network does not stream, or carries nothing. Peak activation is that of the largest depthwise convolution
    /// over a whole clip, a floor of peak memory.</remarks>
    public static TextTable Of(IEnumerable<NetworkRow> rows) => TextTable.Of(rows, Columns);
}
