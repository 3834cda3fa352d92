namespace MoViNetNAS.Reporting;

/// <summary>A known network to compare with, drawn where it lies within the range of the trials.</summary>
/// <param name="Name">Text beside the point.</param>
/// <param name="Cost">Its cost, in the unit of the plot's objective.</param>
/// <param name="Quality">Its top-1 in [0, 1].</param>
public sealed record ReferencePoint(string Name, double Cost, double Quality);
