namespace MoViNetNAS.Search;

/// <summary>How far two orders of the same things agree.</summary>
public static class RankCorrelation
{
    /// <summary>Kendall's tau-b, in [-1, 1]: (C - D) / sqrt((C + D + ties in x only) (C + D + ties in y only)). O(n^2).</summary>
    /// <returns>Null when one side has no two different values, so that there is no order to compare.</returns>
    /// <exception cref="ArgumentException">The sides differ in length.</exception>
    /// <remarks>Source: Kendall 1945, The treatment of ties in ranking problems.</remarks>
    public static double? KendallTauB(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length) throw new ArgumentException($"{x.Length} values against {y.Length}.", nameof(y));
        long difference = 0, comparableX = 0, comparableY = 0;
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = i + 1; j < x.Length; j++)
            {
                int orderX = Math.Sign(x[i].CompareTo(x[j])), orderY = Math.Sign(y[i].CompareTo(y[j]));
                difference += orderX * orderY;
                comparableX += Math.Abs(orderX);
                comparableY += Math.Abs(orderY);
            }
        }

        return comparableX == 0 || comparableY == 0 ? null : difference / Math.Sqrt((double)comparableX * comparableY);
    }
}
