using System.Collections.Immutable;

namespace MoViNetNAS.Search;

/// <summary>The order in which NSGA-II prefers points: least dominated first, and of one front the least crowded.</summary>
internal static class ParetoOrder
{
    /// <summary>Indices of <paramref name="points"/> (objectives minimised), the preferred first; equals in their order.</summary>
    public static int[] Of(IReadOnlyList<ImmutableArray<double>> points)
    {
        int[] ranks = NonDominatedSort.Ranks(points);
        return
        [
            .. Enumerable.Range(0, points.Count).GroupBy(i => ranks[i]).OrderBy(front => front.Key).SelectMany(front =>
            {
                int[] members = [.. front];
                double[] crowding = NonDominatedSort.Crowding([.. members.Select(i => points[i])]);
                return Enumerable.Range(0, members.Length).OrderByDescending(i => crowding[i]).Select(i => members[i]);
            }),
        ];
    }
}
