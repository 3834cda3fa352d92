namespace MoViNetNAS.Search;

/// <summary>Ranks in which equal values share the mean of their places.</summary>
internal static class MidRanks
{
    /// <summary>Twice the rank of each value, from 2 for the smallest: whole numbers, so that sums of them are exact.</summary>
    public static int[] Doubled(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        int[] order = [.. Enumerable.Range(0, sorted.Length)], ranks = new int[sorted.Length];
        Array.Sort(sorted, order);
        for (int start = 0, end; start < order.Length; start = end)
        {
            for (end = start + 1; end < order.Length && sorted[end].CompareTo(sorted[start]) == 0; end++)
            {
            }

            for (int i = start; i < end; i++) ranks[order[i]] = start + 1 + end;
        }

        return ranks;
    }

    /// <summary>Sum over groups of t equal values of t^3 - t: what ties take from the variance of a rank sum.</summary>
    public static double TieTerm(IEnumerable<int> ranks) => ranks.GroupBy(rank => rank).Sum(group => Math.Pow(group.Count(), 3) - group.Count());
}
