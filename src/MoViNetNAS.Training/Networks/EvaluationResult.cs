namespace MoViNetNAS.Training;

/// <summary>What a network answered on held-out clips.</summary>
public sealed class EvaluationResult
{
    private readonly int[,] _confusion;

    internal EvaluationResult(int[,] confusion) => _confusion = confusion;

    /// <summary>Clips of class <paramref name="truth"/> that were taken for class <paramref name="predicted"/>.</summary>
    public int Confused(int truth, int predicted) => _confusion[truth, predicted];

    /// <summary>Clips tested.</summary>
    public int Clips => _confusion.Cast<int>().Sum();

    /// <summary>Clips whose most probable class was right.</summary>
    public int Right => Enumerable.Range(0, _confusion.GetLength(0)).Sum(label => _confusion[label, label]);

    /// <summary>Share of right clips, in [0, 1].</summary>
    public double Top1 => Clips == 0 ? 0 : (double)Right / Clips;

    /// <summary>Both results together.</summary>
    public EvaluationResult Plus(EvaluationResult other)
    {
        var sum = (int[,])_confusion.Clone();
        for (int i = 0; i < sum.GetLength(0); i++)
            for (int j = 0; j < sum.GetLength(1); j++)
                sum[i, j] += other._confusion[i, j];
        return new EvaluationResult(sum);
    }
}
