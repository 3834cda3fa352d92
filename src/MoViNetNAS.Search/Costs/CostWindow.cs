using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>The costs that count as on target.</summary>
/// <param name="Objective">Which cost.</param>
/// <param name="Target">T0, above 0.</param>
/// <param name="Tolerance">Largest relative distance from the target, for example 0.05.</param>
public sealed record CostWindow(CostObjective Objective, double Target, double Tolerance)
{
    /// <summary>Whether <paramref name="cost"/> is within the tolerance of the target.</summary>
    public bool Contains(Cost cost) => Math.Abs(Ratio(cost) - 1) <= Tolerance;

    /// <summary>T / T0.</summary>
    public double Ratio(Cost cost) => cost.Of(Objective) / Target;
}
