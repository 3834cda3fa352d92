namespace MoViNetNAS.Training;

/// <summary>What a network answered on held-out clips.</summary>
public sealed class EvaluationResult
{
    private readonly int[,] _confusion;
    private readonly int[] _rightAfterFrame;

    /// <param name="confusion">[truth, predicted] clips.</param>
    /// <param name="rightAfterFrame">Clips that were right after each frame; empty when clips were taken whole.</param>
    internal EvaluationResult(int[,] confusion, int[] rightAfterFrame) => (_confusion, _rightAfterFrame) = (confusion, rightAfterFrame);

    /// <summary>Clips of class <paramref name="truth"/> that were taken for class <paramref name="predicted"/>.</summary>
    public int Confused(int truth, int predicted) => _confusion[truth, predicted];

    /// <summary>Clips tested.</summary>
    public int Clips => _confusion.Cast<int>().Sum();

    /// <summary>Clips whose most probable class was right.</summary>
    public int Right => Enumerable.Range(0, _confusion.GetLength(0)).Sum(label => _confusion[label, label]);

    /// <summary>Share of right clips, in [0, 1].</summary>
    public double Top1 => Clips == 0 ? 0 : (double)Right / Clips;

    /// <summary>The mean over the classes that have clips of the share of theirs that was right, in [0, 1]: every class counts alike.</summary>
    public double MeanClassAccuracy => Enumerable.Range(0, _confusion.GetLength(0))
        .Select(truth => (Right: _confusion[truth, truth], All: Enumerable.Range(0, _confusion.GetLength(1)).Sum(predicted => _confusion[truth, predicted])))
        .Where(one => one.All > 0).Select(one => (double)one.Right / one.All).DefaultIfEmpty(0).Average();

    /// <summary>Share of right clips after each frame, in [0, 1]; empty when clips were taken whole.</summary>
    public IReadOnlyList<double> Top1AfterFrame => [.. _rightAfterFrame.Select(right => (double)right / Math.Max(1, Clips))];

    /// <summary>Both results together.</summary>
    /// <exception cref="ArgumentException">One was taken frame by frame, the other whole, or their clips have another length.</exception>
    public EvaluationResult Plus(EvaluationResult other)
    {
        if (other._rightAfterFrame.Length != _rightAfterFrame.Length)
            throw new ArgumentException($"One result is of {_rightAfterFrame.Length} frames, the other of {other._rightAfterFrame.Length}.", nameof(other));
        var sum = (int[,])_confusion.Clone();
        for (int i = 0; i < sum.GetLength(0); i++)
            for (int j = 0; j < sum.GetLength(1); j++)
                sum[i, j] += other._confusion[i, j];
        return new EvaluationResult(sum, [.. _rightAfterFrame.Zip(other._rightAfterFrame, (a, b) => a + b)]);
    }
}
