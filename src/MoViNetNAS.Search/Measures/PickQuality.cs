namespace MoViNetNAS.Search;

/// <summary>What a score is worth for picking: how good the things are that it puts first.</summary>
/// <remarks>Score and truth are both maximised; of equal scores the first comes first. Source: the measures of Yu et al. 2020, Evaluating the search
/// phase of neural architecture search, and of predictor studies (precision at k, best rank at k).</remarks>
public static class PickQuality
{
    /// <summary>The part of the score's first k that is also among the truth's first k, in [0, 1].</summary>
    /// <exception cref="ArgumentException">The sides differ in length.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is below 1 or above their number.</exception>
    public static double TopOverlap(ReadOnlySpan<double> scores, ReadOnlySpan<double> truth, int k)
    {
        Require(scores, truth, k);
        return (double)Order(scores).Take(k).Intersect(Order(truth).Take(k)).Count() / k;
    }

    /// <summary>The best true rank, from 1, among the score's first k: 1 when the best thing is among them.</summary>
    /// <returns>One more than the number of things truly better than the best of the k.</returns>
    /// <exception cref="ArgumentException">The sides differ in length.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is below 1 or above their number.</exception>
    public static int BestRankOfTop(ReadOnlySpan<double> scores, ReadOnlySpan<double> truth, int k)
    {
        Require(scores, truth, k);
        double[] values = truth.ToArray();
        double best = Order(scores).Take(k).Max(i => values[i]);
        return 1 + values.Count(value => value > best);
    }

    /// <summary>What picking by the score loses: the best truth less that of the thing with the highest score; 0 or more.</summary>
    /// <exception cref="ArgumentException">The sides differ in length or are empty.</exception>
    public static double Regret(ReadOnlySpan<double> scores, ReadOnlySpan<double> truth)
    {
        if (scores.IsEmpty) throw new ArgumentException("there is nothing to pick from.", nameof(scores));
        Require(scores, truth, 1);
        double[] values = truth.ToArray();
        return values.Max() - values[Order(scores)[0]];
    }

    private static int[] Order(ReadOnlySpan<double> values)
    {
        double[] copy = values.ToArray();
        return [.. Enumerable.Range(0, copy.Length).OrderByDescending(i => copy[i])]; // stable
    }

    private static void Require(ReadOnlySpan<double> scores, ReadOnlySpan<double> truth, int k)
    {
        RankCorrelation.RequireSameLength(scores, truth);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, scores.Length);
    }
}
