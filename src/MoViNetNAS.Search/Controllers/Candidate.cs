using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>An architecture drawn for a search step, and what warm-up made of it.</summary>
/// <param name="Choices">An option for each decision after replacement: where branches are averaged, the drawn one.</param>
/// <param name="Genotype">The genotype of <paramref name="Choices"/>.</param>
/// <param name="Enabled">For each decision the options switched on, as <see cref="SearchSpace.Path"/> takes them.</param>
/// <param name="Replaced">Which active decisions warm-up replaced: they teach the controller nothing.</param>
public sealed record Candidate(
    ImmutableArray<int> Choices, Genotype Genotype, ImmutableArray<ImmutableArray<int>> Enabled, ImmutableArray<bool> Replaced)
{
    /// <summary>Whether warm-up replaced any decision.</summary>
    public bool IsWarmUp => Replaced.Contains(true);
}
