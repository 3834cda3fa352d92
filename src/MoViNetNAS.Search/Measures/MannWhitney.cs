namespace MoViNetNAS.Search;

/// <summary>The Mann-Whitney U test of two unpaired samples: whether values of one tend to be larger.</summary>
/// <remarks>Equal values share their mean rank, and the distribution is that of the ranks as they are, so that it is exact with ties too.
/// Source: Mann and Whitney 1947.</remarks>
public static class MannWhitney
{
    /// <summary>Up to this many values together every division of them is counted; beyond it the normal curve serves.</summary>
    public const int ExactLimit = 50; // the number of divisions is then a whole number in a double

    /// <summary>Tests <paramref name="x"/> against <paramref name="y"/>.</summary>
    /// <param name="x">One sample.</param>
    /// <param name="y">The other.</param>
    /// <param name="alternative">Usually one-sided: that <paramref name="x"/> is the larger.</param>
    /// <returns>Statistic: U of x, the pairs in which x is larger plus half of those that are equal.</returns>
    /// <exception cref="ArgumentException">A sample is empty, or a value is not a number.</exception>
    public static TestResult Of(IReadOnlyList<double> x, IReadOnlyList<double> y, Alternative alternative = Alternative.Greater)
    {
        if (x.Count == 0 || y.Count == 0) throw new ArgumentException($"samples of {x.Count} and {y.Count} values: each needs one.", nameof(x));
        if (x.Concat(y).Any(double.IsNaN)) throw new ArgumentException("a value is not a number.", nameof(x));
        int[] ranks = MidRanks.Doubled([.. x, .. y]);
        int sum = ranks.Take(x.Count).Sum();
        double u = (sum - (double)x.Count * (x.Count + 1)) / 2;
        bool isExact = ranks.Length <= ExactLimit;
        double p = isExact ? RankSumTails.Exact(Counts(ranks, x.Count), sum, alternative) : Approximate(ranks, x.Count, u, alternative);
        return new TestResult(u, p, isExact, ranks.Length);
    }

    internal static double Approximate(int[] ranks, int first, double u, Alternative alternative)
    {
        double n = ranks.Length, pairs = first * (n - first);
        double variance = pairs / 12 * (n + 1 - MidRanks.TieTerm(ranks) / (n * (n - 1)));
        return RankSumTails.Normal(u, pairs / 2, variance, alternative);
    }

    // How many of the choices of `chosen` values give each doubled rank sum.
    private static double[] Counts(int[] ranks, int chosen)
    {
        double[][] counts = [.. Enumerable.Range(0, chosen + 1).Select(_ => new double[ranks.Sum() + 1])];
        counts[0][0] = 1;
        int reached = 0;
        foreach (int rank in ranks)
        {
            for (int taken = chosen; taken >= 1; taken--)
            {
                for (int sum = reached; sum >= 0; sum--) counts[taken][sum + rank] += counts[taken - 1][sum];
            }

            reached += rank;
        }

        return counts[chosen];
    }
}
