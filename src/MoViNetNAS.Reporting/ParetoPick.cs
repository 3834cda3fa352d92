using MoViNetNAS.Search;

namespace MoViNetNAS.Reporting;

/// <summary>A trial that a Pareto plot points out.</summary>
/// <param name="Label">Name in the legend, such as "most probable feasible".</param>
/// <param name="Trial">The trial.</param>
public sealed record ParetoPick(string Label, Trial Trial);
