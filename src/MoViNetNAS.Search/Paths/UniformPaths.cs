using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>Every decision of every path uniform: each option is trained equally often in expectation.</summary>
/// <remarks>Source: Guo et al. 2020, Single path one-shot (arXiv 1904.00420), section 3.2, with one path an update; with several their gradients are averaged.</remarks>
/// <param name="space">What is drawn from.</param>
/// <param name="paths">Paths of an update.</param>
/// <param name="seed">Draws them.</param>
public sealed class UniformPaths(SearchSpace space, int paths, RandomStream seed) : IPathRule
{
    /// <inheritdoc/>
    public int Paths => paths;

    /// <inheritdoc/>
    public bool IsDistilled => false;

    /// <inheritdoc/>
    public ImmutableArray<int[]> Choices(int step) =>
        [.. Enumerable.Range(0, paths).Select(k => seed.Derive("path", step, k)).Select(random => space.Decisions.Select(decision => random.Below(decision.OptionCount)).ToArray())];
}
