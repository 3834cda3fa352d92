using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>The permutation test of pairs: how often the mean difference is as far out when signs are thrown at random.</summary>
/// <remarks>Assumes only that a difference and its opposite are equally likely. Source: Fisher 1935, The design of experiments; the count of drawn
/// patterns includes the observed one (Phipson and Smyth 2010), so that p is never 0.</remarks>
public static class SignFlipTest
{
    /// <summary>Up to this many differences all 2^n patterns of signs are counted; beyond it they are drawn.</summary>
    public const int ExactLimit = 20;

    /// <summary>Patterns drawn when there are too many to count.</summary>
    public const int DefaultDraws = 99_999;

    // Sums of the same numbers in another order differ in the last bits, and equal sums must count as equal.
    private const double Rounding = 1e-12;

    /// <summary>Tests x - y.</summary>
    /// <param name="x">One side.</param>
    /// <param name="y">The other.</param>
    /// <param name="random">Draws the patterns, where there are too many to count.</param>
    /// <param name="alternative">What is held against no difference.</param>
    /// <param name="draws">Patterns to draw, 1 or more.</param>
    /// <returns>Statistic: the mean difference. Null when no pair differs.</returns>
    /// <exception cref="ArgumentException">The sides differ in length, or a value is not finite.</exception>
    public static TestResult? Of(
        IReadOnlyList<double> x, IReadOnlyList<double> y, RandomStream random, Alternative alternative = Alternative.TwoSided, int draws = DefaultDraws)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        double[] all = PairedDifference.Each(x, y), differences = [.. all.Where(difference => difference != 0)];
        if (differences.Length == 0) return null;
        double observed = differences.Sum(), slack = Rounding * differences.Sum(Math.Abs);
        bool isExact = differences.Length <= ExactLimit;
        int cases = isExact ? 1 << differences.Length : draws, asFar = isExact ? 0 : 1;
        for (int i = 0; i < cases; i++)
        {
            double sum = isExact ? Flipped(differences, (ulong)i) : Thrown(differences, random);
            if (IsAsFar(sum)) asFar++;
        }

        return new TestResult(observed / all.Length, (double)asFar / (isExact ? cases : cases + 1), isExact, differences.Length);

        bool IsAsFar(double sum) => alternative switch
        {
            Alternative.Greater => sum >= observed - slack,
            Alternative.Less => sum <= observed + slack,
            _ => Math.Abs(sum) >= Math.Abs(observed) - slack,
        };
    }

    private static double Flipped(double[] differences, ulong signs)
    {
        double sum = 0;
        for (int i = 0; i < differences.Length; i++) sum += ((signs >> i) & 1) == 0 ? differences[i] : -differences[i];
        return sum;
    }

    private static double Thrown(double[] differences, RandomStream random)
    {
        double sum = 0;
        for (int start = 0; start < differences.Length; start += 64)
            sum += Flipped(differences[start..Math.Min(start + 64, differences.Length)], random.NextBits());
        return sum;
    }
}
