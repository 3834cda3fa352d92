namespace MoViNetNAS.Search;

/// <summary>Wilcoxon's signed-rank test of pairs: whether their differences lie evenly about 0.</summary>
/// <remarks>Pairs without a difference are left out (Wilcoxon's way); equal sizes share their mean rank, and the distribution is that of
/// the ranks as they are, so that it is exact with ties too. Source: Wilcoxon 1945, Individual comparisons by ranking methods.</remarks>
public static class WilcoxonSignedRank
{
    /// <summary>Up to this many differences every pattern of signs is counted; beyond it the normal curve serves.</summary>
    public const int ExactLimit = 50; // counts up to 2^50 are whole numbers in a double

    /// <summary>Tests x - y.</summary>
    /// <returns>Statistic: the sum of the ranks of differences above 0. Null when no pair differs.</returns>
    /// <exception cref="ArgumentException">The sides differ in length, or a value is not finite.</exception>
    public static TestResult? Of(IReadOnlyList<double> x, IReadOnlyList<double> y, Alternative alternative = Alternative.TwoSided)
    {
        double[] differences = [.. PairedDifference.Each(x, y).Where(difference => difference != 0)];
        if (differences.Length == 0) return null;
        int[] ranks = MidRanks.Doubled([.. differences.Select(Math.Abs)]);
        int positive = Enumerable.Range(0, ranks.Length).Where(i => differences[i] > 0).Sum(i => ranks[i]);
        bool isExact = ranks.Length <= ExactLimit;
        double p = isExact ? RankSumTails.Exact(Counts(ranks), positive, alternative) : Approximate(ranks, positive / 2.0, alternative);
        return new TestResult(positive / 2.0, p, isExact, ranks.Length);
    }

    internal static double Approximate(int[] ranks, double positive, Alternative alternative)
    {
        double n = ranks.Length;
        double variance = n * (n + 1) * (2 * n + 1) / 24 - MidRanks.TieTerm(ranks) / 48;
        return RankSumTails.Normal(positive, n * (n + 1) / 4, variance, alternative);
    }

    // How many of the 2^n patterns of signs give each doubled sum.
    private static double[] Counts(int[] ranks)
    {
        double[] counts = new double[ranks.Sum() + 1];
        counts[0] = 1;
        int reached = 0;
        foreach (int rank in ranks)
        {
            for (int sum = reached; sum >= 0; sum--) counts[sum + rank] += counts[sum];
            reached += rank;
        }

        return counts;
    }
}
