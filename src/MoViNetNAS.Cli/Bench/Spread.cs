namespace MoViNetNAS.Cli.Bench;

/// <summary>How long something takes: the median of several runs, and the range of their middle half.</summary>
/// <param name="MedianMs">Half of the runs were faster.</param>
/// <param name="LowerMs">A quarter of the runs was faster.</param>
/// <param name="UpperMs">A quarter of the runs was slower.</param>
/// <param name="Runs">Number of runs.</param>
internal sealed record Spread(double MedianMs, double LowerMs, double UpperMs, int Runs)
{
    /// <summary>The spread of <paramref name="milliseconds"/>, of which there must be one at least.</summary>
    public static Spread Of(IReadOnlyCollection<double> milliseconds)
    {
        if (milliseconds.Count == 0) throw new ArgumentException("no runs", nameof(milliseconds));
        double[] sorted = [.. milliseconds.Order()];
        return new Spread(Quantile(sorted, 0.5), Quantile(sorted, 0.25), Quantile(sorted, 0.75), sorted.Length);
    }

    /// <summary>How many times longer this takes than <paramref name="other"/>, by the medians.</summary>
    public double Over(Spread other) => MedianMs / other.MedianMs;

    // Between two neighbours in proportion, as most statistics programs do.
    private static double Quantile(double[] sorted, double part)
    {
        double at = part * (sorted.Length - 1);
        int below = (int)at, above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
