using MoViNetNAS.Search;

namespace MoViNetNAS.Reporting;

/// <summary>The headline numbers of a run.</summary>
/// <param name="Steps">Search steps done.</param>
/// <param name="Trials">Trials stored, warm-up included.</param>
/// <param name="FrontMembers">Members of the front.</param>
/// <param name="Seconds">Time the search took.</param>
public sealed record RunFigures(int Steps, int Trials, int FrontMembers, double Seconds)
{
    /// <summary>The controller's argmax as scored at the end; null when it was not.</summary>
    public Trial? MostProbable { get; init; }

    /// <summary>The most probable feasible genotype as scored at the end; null when there is none.</summary>
    public Trial? MostProbableFeasible { get; init; }

    /// <summary>The best of the feasible random architectures; null when there was no baseline.</summary>
    public Trial? BestBaseline { get; init; }

    /// <summary>Hypervolume of the front; null when not computed.</summary>
    public double? Hypervolume { get; init; }
}
