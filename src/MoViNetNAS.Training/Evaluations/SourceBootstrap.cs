using MoViNetNAS.Spaces;

namespace MoViNetNAS.Training;

/// <summary>Confidence of a measure on videos that are not independent: sources (people, cameras, films) are drawn again with replacement, each
/// with all its videos.</summary>
/// <remarks>The percentile bootstrap over clusters; Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapters 8 and 13.
/// Few sources give intervals that are too narrow.</remarks>
public sealed class SourceBootstrap
{
    private readonly int[][] _videosOfSource;
    private readonly int _videos;
    private readonly RandomStream _random;

    /// <param name="sources">The source of every video.</param>
    /// <param name="random">Decides what is drawn; only derived from.</param>
    public SourceBootstrap(IReadOnlyList<string> sources, RandomStream random)
    {
        _videosOfSource = [.. Enumerable.Range(0, sources.Count).GroupBy(i => sources[i], StringComparer.Ordinal).Select(group => group.ToArray())];
        (_videos, _random) = (sources.Count, random);
    }

    /// <summary>Sources there are.</summary>
    public int Sources => _videosOfSource.Length;

    /// <summary>The interval of <paramref name="measure"/>, a function of how often each video counts.</summary>
    /// <returns>Null with fewer than two sources, of which nothing can be learnt.</returns>
    public Interval? Of(Func<IReadOnlyList<int>, double> measure, int samples = 1000)
    {
        if (Sources < 2) return null;
        double[] values = [.. Enumerable.Range(0, samples).Select(sample => measure(Draw(_random.Derive("bootstrap", sample)))).Order()];
        return new Interval(Quantile(values, 0.025), Quantile(values, 0.975));
    }

    private int[] Draw(RandomStream random)
    {
        var counts = new int[_videos];
        for (int i = 0; i < Sources; i++)
            foreach (int video in _videosOfSource[random.Below(Sources)]) counts[video]++;
        return counts;
    }

    // Between the two nearest values, linearly.
    private static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 == sorted.Length ? sorted[below] : sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]);
    }
}
