using MoViNetNAS.Data;

namespace MoViNetNAS.Training;

/// <summary>How well one head was answered. Videos may be counted more than once or not at all, as a bootstrap does.</summary>
public sealed class HeadResult
{
    private readonly Predictions _predictions;
    private readonly Lazy<int[]> _ranks;
    private readonly Lazy<int[][]> _orders;

    internal HeadResult(Predictions predictions, LabelHead head)
    {
        (_predictions, Head) = (predictions, head);
        _ranks = new Lazy<int[]>(() => [.. Enumerable.Range(0, predictions.Items.Count).Select(RankOfTruth)]);
        _orders = new Lazy<int[][]>(() => [.. Enumerable.Range(0, head.Count).Select(OrderBy)]);
    }

    /// <summary>Which head.</summary>
    public LabelHead Head { get; }

    /// <summary>Share of videos whose right class is among the <paramref name="k"/> most probable, in [0, 1]. Of equally probable classes the first counts as more probable.</summary>
    /// <param name="k">At least 1.</param>
    /// <param name="counts">How often each video counts; null: once.</param>
    /// <exception cref="InvalidOperationException">The head has no single right class.</exception>
    public double Top(int k, IReadOnlyList<int>? counts = null)
    {
        int[] ranks = SingleRanks();
        long right = 0, all = 0;
        for (int i = 0; i < ranks.Length; i++)
        {
            int count = counts?[i] ?? 1;
            all += count;
            if (ranks[i] < k) right += count;
        }

        return all == 0 ? 0 : (double)right / all;
    }

    /// <summary>The mean over the classes that have videos of the share of theirs that was right, in [0, 1]: every class counts alike.</summary>
    /// <param name="counts">How often each video counts; null: once.</param>
    public double MeanClassAccuracy(IReadOnlyList<int>? counts = null)
    {
        int[] ranks = SingleRanks();
        var (right, all) = (new long[Head.Count], new long[Head.Count]);
        for (int i = 0; i < ranks.Length; i++)
        {
            int truth = Truth(i), count = counts?[i] ?? 1;
            all[truth] += count;
            if (ranks[i] == 0) right[truth] += count;
        }

        return Enumerable.Range(0, Head.Count).Where(c => all[c] > 0).Select(c => (double)right[c] / all[c]).DefaultIfEmpty(0).Average();
    }

    /// <summary>The mean over the classes that have videos of the average precision: of the videos in the order of the class's probability, the
    /// precision at every place where the recall grows. Equally probable videos share a place. In [0, 1]; what Charades is measured by.</summary>
    /// <param name="counts">How often each video counts; null: once.</param>
    public double MeanAveragePrecision(IReadOnlyList<int>? counts = null) =>
        Enumerable.Range(0, Head.Count).Select(c => AveragePrecision(c, counts)).Where(double.IsFinite).DefaultIfEmpty(0).Average();

    /// <summary>[truth, predicted] videos, both counted from the head's first class.</summary>
    /// <exception cref="InvalidOperationException">The head has no single right class.</exception>
    public IReadOnlyList<IReadOnlyList<int>> Confusion()
    {
        int[][] confusion = [.. Enumerable.Range(0, Head.Count).Select(_ => new int[Head.Count])];
        for (int item = 0; item < SingleRanks().Length; item++) confusion[Truth(item)][Best(item)]++;
        return confusion;
    }

    /// <summary>Whether the most probable class of video <paramref name="item"/> is right.</summary>
    internal bool IsRight(int item) => SingleRanks()[item] == 0;

    /// <summary>The <paramref name="k"/> most probable classes of video <paramref name="item"/>, with their probabilities.</summary>
    internal IEnumerable<(int Class, double Probability)> Best(int item, int k)
    {
        float[] said = _predictions.Of(item, Head).ToArray();
        return Enumerable.Range(0, said.Length).OrderByDescending(c => said[c]).Take(k).Select(c => (c, (double)said[c]));
    }

    internal int Truth(int item) => _predictions.Items[item].Labels.First(label => label >= Head.First && label < Head.First + Head.Count) - Head.First;

    // NaN when no counted video has the class.
    private double AveragePrecision(int c, IReadOnlyList<int>? counts)
    {
        int[] order = _orders.Value[c];
        long positives = 0, seen = 0, positivesInPlace = 0;
        double sum = 0;
        for (int n = 0; n < order.Length; n++)
        {
            int count = counts?[order[n]] ?? 1;
            seen += count;
            if (_predictions.Items[order[n]].Labels.Contains(Head.First + c)) positivesInPlace += count;
            bool isPlaceEnd = n + 1 == order.Length || Said(order[n + 1], c) != Said(order[n], c);
            if (!isPlaceEnd || seen == 0) continue;
            sum += positivesInPlace * ((double)(positives + positivesInPlace) / seen);
            positives += positivesInPlace;
            positivesInPlace = 0;
        }

        return sum / positives;
    }

    private int[] SingleRanks() =>
        Head.IsMultiLabel ? throw new InvalidOperationException($"Head '{Head.Name}' has any number of right classes.") : _ranks.Value;

    private int Best(int item)
    {
        var said = _predictions.Of(item, Head);
        int best = 0;
        for (int c = 1; c < said.Length; c++)
            if (said[c] > said[best]) best = c;
        return best;
    }

    private int RankOfTruth(int item)
    {
        var said = _predictions.Of(item, Head);
        int truth = Truth(item), rank = 0;
        for (int c = 0; c < said.Length; c++)
            if (said[c] > said[truth] || (said[c] == said[truth] && c < truth)) rank++;
        return rank;
    }

    private float Said(int item, int c) => _predictions.Of(item, Head)[c];

    private int[] OrderBy(int c) => [.. Enumerable.Range(0, _predictions.Items.Count).OrderByDescending(i => Said(i, c))];
}
