using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>The architectures that a search may choose: on target, where there is one, and within all limits.</summary>
/// <param name="Window">The costs that count as on target; null for any.</param>
/// <param name="Limits">Costs that may not be exceeded.</param>
public sealed record FeasibleSet(CostWindow? Window, ImmutableArray<CostLimit> Limits)
{
    /// <summary>Every architecture.</summary>
    public static FeasibleSet All { get; } = new(null, []);

    /// <summary>Those on target.</summary>
    public static FeasibleSet Of(CostWindow window) => new(window, []);

    /// <summary>Those within one limit.</summary>
    public static FeasibleSet Of(CostLimit limit) => new(null, [limit]);

    /// <summary>Whether an architecture of this cost may be chosen.</summary>
    public bool Contains(Cost cost) => (Window is null || Window.Contains(cost)) && Limits.All(limit => limit.Violation(cost) <= 0);

    /// <summary>How far a cost is outside, summed over window and limits, each relative to its own bound; 0 inside.</summary>
    /// <remarks>Source: Deb 2000, constrained domination: of two infeasible ones the smaller total violation is better.</remarks>
    public double Violation(Cost cost)
    {
        double ofWindow = Window is null || Window.Contains(cost) ? 0 : Math.Abs(Window.Ratio(cost) - 1) - Window.Tolerance;
        return ofWindow + Limits.Sum(limit => limit.Violation(cost));
    }
}
