namespace MoViNetNAS.Reporting;

/// <summary>A row of a heat map.</summary>
/// <param name="Tag">The group it belongs to; groups are set apart.</param>
/// <param name="Part">The part of the group.</param>
/// <param name="Name">Its own name.</param>
/// <param name="Values">A value for each column.</param>
internal sealed record HeatMapRow(string Tag, string Part, string Name, IReadOnlyList<double> Values);
