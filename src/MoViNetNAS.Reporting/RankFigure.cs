using MoViNetNAS.Search;

namespace MoViNetNAS.Reporting;

/// <summary>What a rank plot shows.</summary>
/// <param name="Title">Title; none when empty.</param>
/// <param name="Objective">The cost that colours the points.</param>
/// <param name="Points">The architectures.</param>
public sealed record RankFigure(string Title, CostObjective Objective, IReadOnlyList<RankPoint> Points)
{
    /// <summary>Label of the horizontal axis, which is in percent.</summary>
    public string ScoreLabel { get; init; } = "Top-1 with shared weights (%)";

    /// <summary>Label of the vertical axis, which is in percent.</summary>
    public string TruthLabel { get; init; } = "Top-1 trained alone (%)";
}
