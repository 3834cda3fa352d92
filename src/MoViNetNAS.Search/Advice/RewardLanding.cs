namespace MoViNetNAS.Search;

/// <summary>Where a reward has its peak, given how quality rises with cost: Q(x) = q + s ln x, x = T / T0.</summary>
/// <remarks>Of one term and of a policy that has decided; while it still spreads, a one-sided penalty pulls its mean below the peak.
/// Source: the conditions of TuNAS's rewards (arXiv 2008.06120; MnasNet, arXiv 1807.11626) worked out for this Q: the absolute reward's
/// peak is at the target exactly when |beta| is at least s; a soft one's is where s = |beta| Q, wherever the target is.</remarks>
public static class RewardLanding
{
    /// <summary>T / T0 of the peak within [<paramref name="least"/>, <paramref name="most"/>].</summary>
    /// <param name="reward">Form of the reward.</param>
    /// <param name="beta">Below 0.</param>
    /// <param name="slope">What quality gains with cost.</param>
    /// <param name="least">T / T0 of the cheapest architecture, above 0.</param>
    /// <param name="most">T / T0 of the dearest.</param>
    public static double Ratio(RewardType reward, double beta, QualitySlope slope, double least, double most)
    {
        double weight = Math.Abs(beta), s = slope.Slope;
        double peak = reward switch
        {
            RewardType.Absolute when s >= 0 => Math.Max(1, s / weight),
            RewardType.Absolute => s >= -weight ? 1 : least, // the cheaper the better, and by more than the term costs
            RewardType.Soft => Soft(weight, slope, least),
            RewardType.Hard when s < 0 => least,
            RewardType.Hard => Math.Max(1, Soft(weight, slope, least)),
            _ => throw new ArgumentOutOfRangeException(nameof(reward), reward, "not a reward"),
        };
        return Math.Clamp(peak, least, most);
    }

    /// <summary>The |beta| that just holds the target: for the absolute reward s, for the others s / q.</summary>
    public static double LeastWeight(RewardType reward, QualitySlope slope) =>
        Math.Max(0, reward == RewardType.Absolute ? slope.Slope : slope.Slope / slope.QualityAtTarget);

    // d/dx (q + s ln x) x^-w = 0: ln x = 1/w - q/s.
    private static double Soft(double weight, QualitySlope slope, double least) =>
        slope.Slope <= 0 ? least : Math.Exp(1 / weight - slope.QualityAtTarget / slope.Slope);
}
