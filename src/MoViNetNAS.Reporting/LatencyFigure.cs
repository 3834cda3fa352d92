namespace MoViNetNAS.Reporting;

/// <summary>What a plot of latencies shows.</summary>
/// <param name="Title">Title; none when empty.</param>
/// <param name="Bars">First to last from above.</param>
public sealed record LatencyFigure(string Title, IReadOnlyList<LatencyBar> Bars)
{
    /// <summary>What the interval is, for the label of the axis.</summary>
    public string IntervalName { get; init; } = "median and quartiles";
}
