using MoViNetNAS.Spaces;

namespace MoViNetNAS.Training;

/// <summary>How well a network, or several together, answered on held-out videos.</summary>
public sealed class EvaluationResult
{
    /// <summary>What top-1 is called as a measure.</summary>
    public const string Top1Name = "top-1";

    /// <summary>What the mean average precision is called as a measure.</summary>
    public const string MeanAveragePrecisionName = "mean average precision";

    private readonly Predictions _predictions;

    /// <param name="predictions">What was said.</param>
    public EvaluationResult(Predictions predictions)
    {
        _predictions = predictions;
        Heads = [.. predictions.Heads.Select(head => new HeadResult(predictions, head))];
    }

    /// <summary>The result of each head.</summary>
    public IReadOnlyList<HeadResult> Heads { get; }

    /// <summary>Class names in the order of the logits.</summary>
    public IReadOnlyList<string> Classes => _predictions.Classes;

    /// <summary>Videos tested.</summary>
    public int Clips => _predictions.Items.Count;

    /// <summary>Whether any number of classes may be right, so that <see cref="HeadResult.MeanAveragePrecision"/> is the measure and top-1 has no meaning.</summary>
    public bool IsMultiLabel => _predictions.Heads.Any(head => head.IsMultiLabel);

    /// <summary>Videos whose most probable class was right in every head; 0 where there is no one right class.</summary>
    public int Right => IsMultiLabel ? 0 : Enumerable.Range(0, Clips).Count(item => Heads.All(head => head.IsRight(item)));

    /// <summary>Share of right videos, in [0, 1]; of several heads, of those right in all ("action" of verb and noun).</summary>
    public double Top1 => Clips == 0 ? 0 : (double)Right / Clips;

    /// <summary>The measure that a data set is judged by, in [0, 1]: top-1, or the mean average precision where any number of classes may be right.</summary>
    /// <param name="counts">How often each video counts; null: once.</param>
    public double Measure(IReadOnlyList<int>? counts = null)
    {
        if (IsMultiLabel) return Heads.Average(head => head.MeanAveragePrecision(counts));
        if (counts is null) return Top1;
        long right = 0, all = 0;
        for (int item = 0; item < Clips; item++)
        {
            all += counts[item];
            if (Heads.All(head => head.IsRight(item))) right += counts[item];
        }

        return all == 0 ? 0 : (double)right / all;
    }

    /// <summary>What <see cref="Measure"/> is called.</summary>
    public string MeasureName => IsMultiLabel ? MeanAveragePrecisionName : Top1Name;

    /// <summary>Share of videos whose right answers are among the <paramref name="k"/> most probable, in [0, 1]; of several heads, among the
    /// combinations with the <paramref name="k"/> largest products of probabilities.</summary>
    /// <exception cref="InvalidOperationException">There is no one right class.</exception>
    public double Top(int k) => Heads.Count == 1
        ? Heads[0].Top(k)
        : Clips == 0 ? 0 : (double)Enumerable.Range(0, Clips).Count(item => IsAmong(item, k)) / Clips;

    /// <summary>Share of right videos after each frame, in [0, 1]; empty when clips were taken whole.</summary>
    public IReadOnlyList<double> Top1AfterFrame => [.. _predictions.RightAfterFrame.Select(right => (double)right / Math.Max(1, Clips))];

    /// <summary>Right videos after each frame; empty when clips were taken whole.</summary>
    public IReadOnlyList<int> RightAfterFrame => _predictions.RightAfterFrame;

    /// <summary>Draws the sources of the videos again, for an interval of <see cref="Measure"/>.</summary>
    public SourceBootstrap Bootstrap(RandomStream random) => new([.. _predictions.Items.Select(item => item.Source)], random);

    // A combination among the k largest products has in each head one of the k most probable classes.
    private bool IsAmong(int item, int k)
    {
        IEnumerable<(bool IsRight, double Probability)> combinations = [(true, 1)];
        foreach (var head in Heads)
        {
            int truth = head.Truth(item);
            var best = head.Best(item, k).ToArray();
            combinations = [.. combinations.SelectMany(one => best.Select(answer => (one.IsRight && answer.Class == truth, one.Probability * answer.Probability)))];
        }

        return combinations.OrderByDescending(one => one.Probability).Take(k).Any(one => one.IsRight);
    }
}
