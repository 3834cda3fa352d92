namespace MoViNetNAS.Search;

/// <summary>Tails of the distribution of a rank sum, from the count of every sum or from a normal curve.</summary>
internal static class RankSumTails
{
    /// <summary>P of a doubled sum at or beyond <paramref name="observed"/>, from how many cases have each sum.</summary>
    public static double Exact(double[] counts, int observed, Alternative alternative)
    {
        double all = counts.Sum(), above = 0, below = 0;
        for (int sum = 0; sum < counts.Length; sum++)
        {
            if (sum >= observed) above += counts[sum];
            if (sum <= observed) below += counts[sum];
        }

        return Math.Min(1, Choose(above / all, below / all, alternative));
    }

    /// <summary>P by the normal curve, a half taken off the distance for the sums being whole (continuity correction).</summary>
    public static double Normal(double observed, double mean, double variance, Alternative alternative)
    {
        if (variance <= 0) return 1; // all values are equal: every case has this sum
        double deviation = Math.Sqrt(variance);
        double above = MathNet.Numerics.Distributions.Normal.CDF(0, 1, -(observed - mean - 0.5) / deviation);
        double below = MathNet.Numerics.Distributions.Normal.CDF(0, 1, (observed - mean + 0.5) / deviation);
        return Math.Min(1, Choose(above, below, alternative));
    }

    // Both distributions are symmetric about their mean, so that two sides are twice the nearer tail.
    private static double Choose(double above, double below, Alternative alternative) => alternative switch
    {
        Alternative.Greater => above,
        Alternative.Less => below,
        _ => 2 * Math.Min(above, below),
    };
}
