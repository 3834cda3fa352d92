namespace MoViNetNAS.Search;

/// <summary>Differences of pairs, such as two methods on the same seeds.</summary>
public static class PairedDifference
{
    /// <summary>x - y of each pair.</summary>
    /// <exception cref="ArgumentException">The sides differ in length, or a value is not finite.</exception>
    public static double[] Each(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        if (x.Count != y.Count) throw new ArgumentException($"{x.Count} values against {y.Count}: a pair has two.", nameof(y));
        double[] differences = [.. x.Zip(y, (a, b) => a - b)];
        if (!differences.All(double.IsFinite)) throw new ArgumentException("a value is not finite.", nameof(x));
        return differences;
    }

    /// <summary>Mean of x - y with its 95 % half-width (Student's t).</summary>
    /// <exception cref="ArgumentException">The sides differ in length or are empty, or a value is not finite.</exception>
    public static SampleSummary Summary(IReadOnlyList<double> x, IReadOnlyList<double> y) => SampleSummary.Of(Each(x, y));
}
