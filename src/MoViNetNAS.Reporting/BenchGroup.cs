namespace MoViNetNAS.Reporting;

/// <summary>The ratios of one section of a benchmark.</summary>
/// <param name="Title">Heading of the section.</param>
/// <param name="Bars">Its ratios, first to last from above; neighbours with the same label share it.</param>
public sealed record BenchGroup(string Title, IReadOnlyList<BenchBar> Bars);
