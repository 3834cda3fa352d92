namespace MoViNetNAS.Reporting;

/// <summary>What a plot of benchmarks shows.</summary>
/// <param name="Title">Title; none when empty.</param>
/// <param name="Groups">The ratios, group by group from above.</param>
public sealed record BenchFigure(string Title, IReadOnlyList<BenchGroup> Groups);
