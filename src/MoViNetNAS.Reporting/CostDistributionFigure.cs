using MoViNetNAS.Search;

namespace MoViNetNAS.Reporting;

/// <summary>What a plot of the spread of costs shows.</summary>
/// <param name="Title">Title; none when empty.</param>
/// <param name="Objective">The cost.</param>
/// <param name="Spaces">From left to right.</param>
public sealed record CostDistributionFigure(string Title, CostObjective Objective, IReadOnlyList<CostDistribution> Spaces)
{
    /// <summary>Known networks, drawn over the space whose name is theirs; their quality is not shown.</summary>
    public IReadOnlyList<ReferencePoint> Known { get; init; } = [];
}
