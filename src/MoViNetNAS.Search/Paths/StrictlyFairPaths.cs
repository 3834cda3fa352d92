using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>After every update each kernel and each squeeze-excite option of a layer has been trained equally often.</summary>
/// <remarks>m paths an update, m the most options of such a decision. Each of these decisions goes through its options in a random order,
/// then in another, and so on: path k of update s takes place s m + k. So where the number of options divides m the counts are equal after every
/// update, elsewhere they differ by at most one at any time. The paths of an update share their depths, which are drawn, because a layer that only
/// some of them have could not be fair; widths and expansions share their weights and are drawn for each path. The paper's space has neither depths
/// nor widths, and equal numbers of options. Source: Chu, Zhang and Xu 2019, FairNAS (arXiv 1907.01845), strict fairness.</remarks>
/// <param name="space">What is drawn from.</param>
/// <param name="seed">Draws.</param>
public sealed class StrictlyFairPaths(SearchSpace space, RandomStream seed) : IPathRule
{
    /// <inheritdoc/>
    public int Paths { get; } = space.Decisions.Where(decision => decision.IsOp).Max(decision => decision.OptionCount);

    /// <inheritdoc/>
    public bool IsDistilled => false;

    /// <inheritdoc/>
    public ImmutableArray<int[]> Choices(int step)
    {
        var choices = new int[Paths][];
        for (int k = 0; k < Paths; k++) choices[k] = new int[space.Decisions.Length];
        for (int d = 0; d < space.Decisions.Length; d++)
        {
            var decision = space.Decisions[d];
            if (decision.IsOp) InTurns(d, decision.OptionCount, step, choices);
            else if (decision.Tag == DecisionTag.Depth) Fill(choices, d, Drawn(d, step, 0));
            else for (int k = 0; k < Paths; k++) choices[k][d] = Drawn(d, step, k);
        }

        return [.. choices];
    }

    private void InTurns(int decision, int options, int step, int[][] choices)
    {
        long turn = -1;
        int[] order = [];
        for (int k = 0; k < Paths; k++)
        {
            long place = (long)step * Paths + k;
            if (place / options != turn)
            {
                turn = place / options;
                order = seed.Derive("order", decision, turn).Permutation(options);
            }

            choices[k][decision] = order[place % options];
        }
    }

    private int Drawn(int decision, int step, int path) => seed.Derive("drawn", decision, step, path).Below(space.Decisions[decision].OptionCount);

    private static void Fill(int[][] choices, int decision, int option)
    {
        foreach (int[] path in choices) path[decision] = option;
    }
}
