using MoViNetNAS.Search;

namespace MoViNetNAS.Reporting;

/// <summary>What an attainment plot shows.</summary>
/// <param name="Title">Title; none when empty.</param>
/// <param name="Objective">The cost on the horizontal axis.</param>
/// <param name="Series">The methods.</param>
public sealed record AttainmentFigure(string Title, CostObjective Objective, IReadOnlyList<AttainmentSeries> Series)
{
    /// <summary>Label of the vertical axis, which is in percent.</summary>
    public string QualityLabel { get; init; } = "Top-1 (%)";
}
