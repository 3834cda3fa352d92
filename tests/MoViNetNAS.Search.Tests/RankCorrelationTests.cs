using FsCheck.Xunit;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search.Tests;

/// <summary>Small vectors, worked out by hand from the definitions of tau and tau-b.</summary>
public sealed class RankCorrelationTests
{
    [Fact]
    public void Kendall_tau_without_ties() =>
        Assert.Equal(0.6, RankCorrelation.KendallTauB([1, 2, 3, 4, 5], [2, 1, 4, 3, 5])!.Value, 12);

    [Fact]
    public void Kendall_tau_b_with_ties() => Assert.Equal(0.4, RankCorrelation.KendallTauB([1, 2, 2, 3], [1, 3, 2, 2])!.Value, 12);

    [Fact]
    public void Without_an_order_there_is_no_correlation()
    {
        Assert.Null(RankCorrelation.KendallTauB([1, 1], [1, 2]));
        Assert.Null(RankCorrelation.KendallTauB([], []));
        Assert.Null(RankCorrelation.Spearman([1, 1], [1, 2]));
        Assert.Throws<ArgumentException>(() => RankCorrelation.KendallTauB([1], [1, 2]));
        Assert.Throws<ArgumentException>(() => RankCorrelation.Spearman([1], [1, 2]));
    }

    [Property(MaxTest = 300)]
    public void Counting_exchanges_gives_the_tau_b_of_all_pairs_to_the_last_bit(ulong seed)
    {
        var (x, y) = Draw(seed, (int)(seed % 60), 1 + (int)(seed % 9));
        Assert.Equal(TauBOfAllPairs(x, y), RankCorrelation.KendallTauB(x, y));
    }

    [Property(MaxTest = 200)]
    public void Spearman_without_ties_is_the_classic_formula(ulong seed)
    {
        int n = 2 + (int)(seed % 20);
        var random = new RandomStream(seed);
        double[] x = [.. random.Permutation(n).Select(i => (double)i)], y = [.. random.Permutation(n).Select(i => (double)i)];
        double expected = 1 - 6 * x.Zip(y, (a, b) => (a - b) * (a - b)).Sum() / (n * ((double)n * n - 1)); // Spearman 1904
        Assert.Equal(expected, RankCorrelation.Spearman(x, y)!.Value, 10);
        Assert.Equal(-expected, RankCorrelation.Spearman(x, [.. y.Select(value => -value)])!.Value, 10);
        Assert.Equal(expected, RankCorrelation.Spearman([.. x.Select(Math.Exp)], y)!.Value, 10);
    }

    [Fact]
    public void Spearman_with_ties_by_hand() =>
        // Ranks 1, 2.5, 2.5, 4 and 1, 4, 2.5, 2.5: sum of products of deviations 2.25 over 4.5.
        Assert.Equal(0.5, RankCorrelation.Spearman([1, 2, 2, 3], [1, 3, 2, 2])!.Value, 12);

    [Fact]
    public void Sparse_tau_takes_no_notice_of_small_differences()
    {
        double[] score = [0.5001, 0.5004, 0.6, 0.7], truth = [0.2, 0.1, 0.3, 0.4];
        Assert.Equal(4.0 / 6, RankCorrelation.KendallTauB(score, truth)!.Value, 12); // one discordant pair of six
        Assert.Equal(5 / Math.Sqrt(5 * 6.0), RankCorrelation.SparseKendallTauB(score, truth)!.Value, 12); // which is now a tie
        Assert.Throws<ArgumentOutOfRangeException>(() => RankCorrelation.SparseKendallTauB([1], [1], 0));
    }

    [Fact]
    public void Sigma_is_that_of_the_formula_and_of_all_orders()
    {
        Assert.Equal(0.162, RankCorrelation.SigmaWithoutAssociation(20), 3); // sqrt(2 (2n + 5) / (9n (n - 1)))
        Assert.Equal(0.098, RankCorrelation.SigmaWithoutAssociation(50), 3);
        double[] taus = [.. Orders([0, 1, 2, 3, 4]).Select(order => RankCorrelation.KendallTauB([0, 1, 2, 3, 4], order)!.Value)];
        Assert.Equal(Math.Sqrt(taus.Average(tau => tau * tau)), RankCorrelation.SigmaWithoutAssociation(5), 12);
        Assert.Throws<ArgumentOutOfRangeException>(() => RankCorrelation.SigmaWithoutAssociation(1));
    }

    // The definition, over all pairs.
    private static double? TauBOfAllPairs(double[] x, double[] y)
    {
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

    private static (double[] X, double[] Y) Draw(ulong seed, int count, int values)
    {
        var random = new RandomStream(seed);
        double[] Side() => [.. Enumerable.Range(0, count).Select(_ => (double)random.Below(values))];
        return (Side(), Side());
    }

    private static IEnumerable<double[]> Orders(double[] values) => values.Length == 0
        ? [[]]
        : values.SelectMany(first => Orders([.. values.Where(value => value != first)]).Select(rest => (double[])[first, .. rest]));
}
