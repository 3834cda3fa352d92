namespace MoViNetNAS.Search;

/// <summary>How far two orders of the same things agree.</summary>
public static class RankCorrelation
{
    /// <summary>Kendall's tau-b, in [-1, 1]: (C - D) / sqrt((C + D + ties in x only) (C + D + ties in y only)). O(n log n).</summary>
    /// <returns>Null when one side has no two different values, so that there is no order to compare.</returns>
    /// <exception cref="ArgumentException">The sides differ in length.</exception>
    /// <remarks>Source: Kendall 1945, The treatment of ties in ranking problems; counted as in Knight 1966, A computer method for
    /// calculating Kendall's tau with ungrouped data.</remarks>
    public static double? KendallTauB(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        RequireSameLength(x, y);
        // Sorted by x, then y, a pair is discordant exactly when sorting by y exchanges it.
        var pairs = new (double X, double Y)[x.Length];
        for (int i = 0; i < pairs.Length; i++) pairs[i] = (x[i], y[i]);
        Array.Sort(pairs, (a, b) => a.X.CompareTo(b.X) is var order && order != 0 ? order : a.Y.CompareTo(b.Y));
        double[] ys = [.. pairs.Select(pair => pair.Y)];
        long all = (long)x.Length * (x.Length - 1) / 2;
        long tiedX = EqualPairs(pairs, (a, b) => a.X.CompareTo(b.X) == 0);
        long tiedBoth = EqualPairs(pairs, (a, b) => a.X.CompareTo(b.X) == 0 && a.Y.CompareTo(b.Y) == 0);
        long discordant = SortCountingExchanges(ys, new double[ys.Length]);
        long tiedY = EqualPairs(ys, (a, b) => a.CompareTo(b) == 0);

        long comparableX = all - tiedX, comparableY = all - tiedY, difference = all - tiedX - tiedY + tiedBoth - 2 * discordant;
        return comparableX == 0 || comparableY == 0 ? null : difference / Math.Sqrt((double)comparableX * comparableY);
    }

    /// <summary>Tau-b of values rounded to multiples of <paramref name="step"/>: differences that mean nothing are ties.</summary>
    /// <param name="x">Values of one side, such as shared-weight top-1.</param>
    /// <param name="y">Values of the other.</param>
    /// <param name="step">In the values' unit, above 0; 0.001 is a tenth of a percent of accuracy.</param>
    /// <returns>As <see cref="KendallTauB"/>.</returns>
    /// <exception cref="ArgumentException">The sides differ in length.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> is not above 0.</exception>
    /// <remarks>Source: Yu et al. 2020, How to train your super-net (sparse Kendall tau).</remarks>
    public static double? SparseKendallTauB(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double step = 0.001)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        return KendallTauB(Rounded(x), Rounded(y));

        double[] Rounded(ReadOnlySpan<double> values) => [.. values.ToArray().Select(value => Math.Round(value / step, MidpointRounding.AwayFromZero))];
    }

    /// <summary>Spearman's rho, in [-1, 1]: the correlation of the ranks, equal values sharing their mean rank.</summary>
    /// <returns>Null when one side has no two different values.</returns>
    /// <exception cref="ArgumentException">The sides differ in length.</exception>
    /// <remarks>Source: Spearman 1904, The proof and measurement of association between two things.</remarks>
    public static double? Spearman(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        RequireSameLength(x, y);
        int[] ranksX = MidRanks.Doubled(x), ranksY = MidRanks.Doubled(y);
        double mean = x.Length + 1, both = 0, squaresX = 0, squaresY = 0; // doubled ranks have the mean n + 1
        for (int i = 0; i < ranksX.Length; i++)
        {
            both += (ranksX[i] - mean) * (ranksY[i] - mean);
            squaresX += (ranksX[i] - mean) * (ranksX[i] - mean);
            squaresY += (ranksY[i] - mean) * (ranksY[i] - mean);
        }

        return squaresX == 0 || squaresY == 0 ? null : both / Math.Sqrt(squaresX * squaresY);
    }

    /// <summary>The standard deviation of Kendall's tau of <paramref name="count"/> things in two orders that have nothing to do with each other.</summary>
    /// <remarks>Differences of tau below twice this mean nothing. Without ties: sqrt(2 (2n + 5) / (9 n (n - 1))). Source: Kendall 1938.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 2.</exception>
    public static double SigmaWithoutAssociation(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        double n = count;
        return Math.Sqrt(2 * (2 * n + 5) / (9 * n * (n - 1)));
    }

    internal static void RequireSameLength(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length) throw new ArgumentException($"{x.Length} values against {y.Length}.", nameof(y));
    }

    private static long EqualPairs<T>(T[] sorted, Func<T, T, bool> isEqual)
    {
        long pairs = 0;
        for (int i = 1, run = 1; i < sorted.Length; i++)
        {
            run = isEqual(sorted[i - 1], sorted[i]) ? run + 1 : 1;
            pairs += run - 1; // the newcomer with each before it
        }

        return pairs;
    }

    private static long SortCountingExchanges(Span<double> values, Span<double> scratch)
    {
        if (values.Length < 2) return 0;
        int middle = values.Length / 2;
        long exchanges = SortCountingExchanges(values[..middle], scratch) + SortCountingExchanges(values[middle..], scratch);
        int left = 0, right = middle, at = 0;
        while (left < middle && right < values.Length)
        {
            if (values[left].CompareTo(values[right]) <= 0)
            {
                scratch[at++] = values[left++];
                continue;
            }

            scratch[at++] = values[right++];
            exchanges += middle - left;
        }

        values[left..middle].CopyTo(scratch[at..]);
        scratch[..(at + middle - left)].CopyTo(values);
        return exchanges;
    }
}
