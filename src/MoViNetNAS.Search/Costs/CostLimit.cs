using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>A cost that may not be exceeded.</summary>
/// <param name="Objective">Which cost.</param>
/// <param name="Most">The largest allowed value, above 0.</param>
public sealed record CostLimit(CostObjective Objective, double Most)
{
    /// <summary>How far <paramref name="cost"/> is above the limit, as a share of the limit; 0 within it.</summary>
    public double Violation(Cost cost) => Math.Max(0, cost.Of(Objective) / Most - 1);
}
