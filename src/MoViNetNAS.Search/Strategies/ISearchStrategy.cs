using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>Decides which genotypes are evaluated next.</summary>
/// <remarks>A deterministic function of its problem and of what it was told: a new one that is told the same observations asks the same
/// questions. So a search is resumed by telling its strategy again what was evaluated, and no strategy has a state of its own to save.
/// Draws are named by (purpose, number), as everywhere.</remarks>
public interface ISearchStrategy
{
    /// <summary>The next genotypes to evaluate, in order; the same until <see cref="Tell"/> is called. Empty when it wants no more.</summary>
    ImmutableArray<Proposal> Ask();

    /// <summary>Answers all of <see cref="Ask"/>, in its order; or fewer when the budget ends, after which it is asked no more.</summary>
    void Tell(IReadOnlyList<Observation> observations);

    /// <summary>The feasible genotype that it would choose now; null when it knows none.</summary>
    Genotype? Recommended { get; }
}
