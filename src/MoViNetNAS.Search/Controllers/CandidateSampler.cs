using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>Draws the architectures of a step: the policy's sample, then warm-up's replacements, decision by decision.</summary>
/// <remarks>With the warm-up probability, on its own for every decision: kernel and squeeze-excite decisions have several branches
/// switched on, whose outputs are averaged (op warm-up); widths and expansions become the largest (filter warm-up), and so do
/// depths, and frames, resolution and stride of the clip, which cannot be averaged either. TuNAS averages all branches; <paramref name="maximumBranches"/> caps the time that costs. Source: TuNAS (arXiv
/// 2008.06120), op and filter warm-up; google-research/tunas 0c1bbe5. Depth warm-up is ours: the nearest thing for a decision that
/// has no branches to average.</remarks>
/// <param name="space">What is chosen from.</param>
/// <param name="maximumBranches">Most branches of one decision switched on together; 0 for all, 1 to leave op decisions alone.</param>
/// <param name="hasFilterWarmUp">Whether widths, expansions and depths become the largest; otherwise they stay as drawn.</param>
public sealed class CandidateSampler(SearchSpace space, int maximumBranches = CandidateSampler.DefaultMaximumBranches, bool hasFilterWarmUp = true)
{
    /// <summary>Branches switched on together unless said otherwise.</summary>
    public const int DefaultMaximumBranches = 2;

    private readonly ImmutableArray<int>[] _single =
        [.. Enumerable.Range(0, space.Decisions.Max(decision => decision.OptionCount)).Select(option => ImmutableArray.Create(option))];

    /// <summary>Draws one candidate.</summary>
    /// <param name="controller">The policy.</param>
    /// <param name="random">This candidate's own stream.</param>
    /// <param name="warmUpProbability">p of the step, in [0, 1].</param>
    public Candidate Draw(Controller controller, RandomStream random, double warmUpProbability)
    {
        int[] choices = controller.Sample(random);
        var enabled = new ImmutableArray<int>[choices.Length];
        var replaced = new bool[choices.Length];
        for (int d = 0; d < choices.Length; d++) enabled[d] = _single[choices[d]];
        if (warmUpProbability > 0)
        {
            for (int d = 0; d < choices.Length; d++)
            {
                var decision = space.Decisions[d];
                if (decision.OptionCount == 1 || !random.Chance(warmUpProbability)) continue;
                if (!decision.IsOp && !hasFilterWarmUp) continue;
                if (!decision.IsOp) enabled[d] = _single[choices[d] = decision.LargestOption];
                else if (BranchCount(decision) > 1) enabled[d] = Branches(choices[d], decision.OptionCount, BranchCount(decision), random);
                else continue;
                replaced[d] = true;
            }

            for (int d = 0; d < choices.Length; d++) replaced[d] &= space.IsActive(d, choices);
        }

        return new Candidate([.. choices], space.Genotype(choices), [.. enabled], [.. replaced]);
    }

    private int BranchCount(Decision decision) =>
        maximumBranches == 0 ? decision.OptionCount : Math.Min(maximumBranches, decision.OptionCount);

    private static ImmutableArray<int> Branches(int drawn, int options, int count, RandomStream random) =>
        [drawn, .. random.Permutation(options).Where(option => option != drawn).Take(count - 1)];
}
