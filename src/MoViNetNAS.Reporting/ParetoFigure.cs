using MoViNetNAS.Search;

namespace MoViNetNAS.Reporting;

/// <summary>What a Pareto plot shows.</summary>
/// <param name="Title">Title; none when empty.</param>
/// <param name="Objective">The cost on the horizontal axis.</param>
/// <param name="Series">The runs.</param>
public sealed record ParetoFigure(string Title, CostObjective Objective, IReadOnlyList<ParetoSeries> Series)
{
    /// <summary>Trials to point out.</summary>
    public IReadOnlyList<ParetoPick> Picks { get; init; } = [];

    /// <summary>Target of the cost; null when there is none.</summary>
    public double? Target { get; init; }

    /// <summary>Half the width of the band around the target, as a fraction of it; 0 for none.</summary>
    public double Tolerance { get; init; }

    /// <summary>Known networks to compare with.</summary>
    public IReadOnlyList<ReferencePoint> References { get; init; } = [];

    /// <summary>What the legend calls <see cref="References"/>.</summary>
    public string ReferenceLabel { get; init; } = "published";

    /// <summary>Known networks of which only the cost compares, because their quality is of other data: ticks on the horizontal axis.</summary>
    public IReadOnlyList<ReferencePoint> CostMarks { get; init; } = [];

    /// <summary>Label of the vertical axis, which is in percent.</summary>
    public string QualityLabel { get; init; } = "Top-1 with shared weights (%)";
}
