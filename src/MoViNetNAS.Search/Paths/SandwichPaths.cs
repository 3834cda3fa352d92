using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>The sandwich rule: the largest architecture, the smallest, and uniform ones between; all but the largest learn from it.</summary>
/// <remarks>Largest and smallest in every decision: channels, layers, weights of the kernel, squeeze-excite on and off. Source: Yu et al.
/// 2020, BigNAS (arXiv 2003.11142), section 3; the sum of gradients is a mean here, as in all our updates.</remarks>
/// <param name="space">What is drawn from.</param>
/// <param name="paths">Architectures of an update, at least <see cref="LeastPaths"/>; BigNAS has 4.</param>
/// <param name="seed">Draws those between.</param>
public sealed class SandwichPaths(SearchSpace space, int paths, RandomStream seed) : IPathRule
{
    /// <summary>The largest, the smallest and one between.</summary>
    public const int LeastPaths = 3;

    private readonly UniformPaths _between = new(space, paths - 2, seed);

    /// <inheritdoc/>
    public int Paths => paths;

    /// <inheritdoc/>
    public bool IsDistilled => true;

    /// <inheritdoc/>
    public ImmutableArray<int[]> Choices(int step) => [Extreme(1), Extreme(-1), .. _between.Choices(step)];

    private int[] Extreme(int sign) =>
        [.. space.Decisions.Select(decision => Enumerable.Range(0, decision.OptionCount).MaxBy(option => sign * Size(decision, option)))];

    private static int Size(Decision decision, int option) =>
        decision.Tag == DecisionTag.Kernel ? KernelShape.All[decision.Values[option]].Volume : decision.Values[option];
}
