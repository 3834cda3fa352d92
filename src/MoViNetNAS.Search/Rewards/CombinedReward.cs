using System.Collections.Immutable;

namespace MoViNetNAS.Search;

/// <summary>A reward of several costs: soft and hard terms multiply the quality, then absolute ones are added.</summary>
/// <remarks>r = Q prod_i (T_i / T0_i)^beta_i + sum_j beta_j |T_j / T0_j - 1|; a hard factor is at most 1. One term is that term's own
/// reward, no term is the quality. Source: the forms are TuNAS's (arXiv 2008.06120) and MnasNet's (arXiv 1807.11626), which know one
/// cost; both extensions to several are ours.</remarks>
/// <param name="Terms">A reward for each cost, in the order of the costs.</param>
public sealed record CombinedReward(ImmutableArray<IReward> Terms)
{
    /// <summary>The reward of <paramref name="quality"/> in [0, 1] and the costs, one for each term.</summary>
    /// <exception cref="ArgumentException">Not one cost for each term.</exception>
    public double Score(double quality, ReadOnlySpan<double> costs)
    {
        if (costs.Length != Terms.Length) throw new ArgumentException($"{Terms.Length} costs are needed, {costs.Length} were given.", nameof(costs));
        double reward = quality;
        for (int i = 0; i < Terms.Length; i++)
            if (Terms[i] is not AbsoluteReward) reward = Terms[i].Score(reward, costs[i]);
        for (int i = 0; i < Terms.Length; i++)
            if (Terms[i] is AbsoluteReward) reward = Terms[i].Score(reward, costs[i]);
        return reward;
    }
}
