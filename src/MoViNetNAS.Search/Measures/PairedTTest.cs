using MathNet.Numerics.Distributions;

namespace MoViNetNAS.Search;

/// <summary>Student's t test of pairs: whether the mean of their differences is 0.</summary>
/// <remarks>Exact for normal differences. Source: Student 1908, The probable error of a mean.</remarks>
public static class PairedTTest
{
    /// <summary>Tests x - y.</summary>
    /// <returns>Statistic: t with n - 1 degrees of freedom. Null when all differences are equal, so that there is no deviation to compare with.</returns>
    /// <exception cref="ArgumentException">There are fewer than two pairs, the sides differ in length, or a value is not finite.</exception>
    public static TestResult? Of(IReadOnlyList<double> x, IReadOnlyList<double> y, Alternative alternative = Alternative.TwoSided)
    {
        double[] differences = PairedDifference.Each(x, y);
        if (differences.Length < 2) throw new ArgumentException($"a t test needs two pairs or more, not {differences.Length}.", nameof(x));
        if (differences.All(difference => difference == differences[0])) return null;
        var summary = SampleSummary.Of(differences);
        double t = summary.Mean / (summary.StandardDeviation / Math.Sqrt(summary.Count));
        double Below(double value) => StudentT.CDF(0, 1, summary.Count - 1, value);
        double p = alternative switch
        {
            Alternative.Greater => Below(-t),
            Alternative.Less => Below(t),
            _ => 2 * Below(-Math.Abs(t)),
        };
        return new TestResult(t, p, IsExact: false, summary.Count);
    }
}
