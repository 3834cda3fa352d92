namespace MoViNetNAS.Search;

/// <summary>The interval of a share that was counted.</summary>
/// <remarks>Source: Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927). It takes each item as drawn by itself;
/// items that come in groups, such as clips of one person, scatter more.</remarks>
public static class WilsonInterval
{
    private const double Z95 = 1.959963984540054; // the normal distribution's 97.5 % point

    /// <summary>Low and high end of the 95 % interval of <paramref name="hits"/> of <paramref name="all"/>, in [0, 1].</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are none at all, or more hits than items.</exception>
    public static (double Low, double High) Of(long hits, long all)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(all, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(hits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hits, all);
        double share = (double)hits / all, z2 = Z95 * Z95 / all;
        double centre = (share + z2 / 2) / (1 + z2), half = Z95 / (1 + z2) * Math.Sqrt(share * (1 - share) / all + z2 / (4 * all));
        return (hits == 0 ? 0 : centre - half, hits == all ? 1 : centre + half);
    }
}
