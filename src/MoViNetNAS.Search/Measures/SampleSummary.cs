using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace MoViNetNAS.Search;

/// <summary>What a handful of repetitions say of the mean.</summary>
/// <param name="Count">Repetitions.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="StandardDeviation">That of the sample (n - 1); NaN of a single one.</param>
/// <param name="HalfWidth">The mean of many lies within this of <paramref name="Mean"/> with 95 % confidence (Student's t); NaN of a single one.</param>
public sealed record SampleSummary(int Count, double Mean, double StandardDeviation, double HalfWidth)
{
    private const double Tail = 0.975;

    /// <exception cref="ArgumentException">There are no values.</exception>
    public static SampleSummary Of(IReadOnlyCollection<double> values)
    {
        if (values.Count == 0) throw new ArgumentException("A summary needs a value.", nameof(values));
        double deviation = values.Count < 2 ? double.NaN : values.StandardDeviation();
        double halfWidth = values.Count < 2 ? double.NaN : StudentT.InvCDF(0, 1, values.Count - 1, Tail) * deviation / Math.Sqrt(values.Count);
        return new SampleSummary(values.Count, values.Mean(), deviation, halfWidth);
    }
}
