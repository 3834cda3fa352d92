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

    /// <summary>Windows of further costs, each of which an architecture must be in as well.</summary>
    public ImmutableArray<CostWindow> FurtherWindows { get; init; } = [];

    /// <summary>All windows, the main one first.</summary>
    public IEnumerable<CostWindow> Windows => Window is null ? FurtherWindows : FurtherWindows.Prepend(Window);

    /// <summary>Those on target.</summary>
    public static FeasibleSet Of(CostWindow window) => new(window, []);

    /// <summary>Those within one limit.</summary>
    public static FeasibleSet Of(CostLimit limit) => new(null, [limit]);

    /// <summary>A window by itself is the set of those on target.</summary>
    public static implicit operator FeasibleSet(CostWindow window) => Of(window);

    /// <summary>Whether an architecture of this cost may be chosen.</summary>
    public bool Contains(Cost cost)
    {
        if (Window is not null && !Window.Contains(cost)) return false;
        foreach (var window in FurtherWindows)
            if (!window.Contains(cost)) return false;
        foreach (var limit in Limits)
            if (limit.Violation(cost) > 0) return false;
        return true;
    }

    /// <summary>How far a cost is outside, summed over windows and limits, each relative to its own bound; 0 inside.</summary>
    /// <remarks>Source: Deb 2000, constrained domination: of two infeasible ones the smaller total violation is better.</remarks>
    public double Violation(Cost cost)
    {
        double sum = 0;
        foreach (var window in Windows) sum += Math.Max(0, Math.Abs(window.Ratio(cost) - 1) - window.Tolerance);
        foreach (var limit in Limits) sum += limit.Violation(cost);
        return sum;
    }
}
