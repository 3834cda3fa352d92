using System.Collections.Immutable;

namespace MoViNetNAS.Search;

/// <summary>What a tabular benchmark says at a glance.</summary>
/// <param name="Architectures">In the table.</param>
/// <param name="Least">Worst mean test accuracy, in [0, 1].</param>
/// <param name="Quartiles">Lower quartile, median and upper quartile of the mean test accuracy.</param>
/// <param name="Greatest">Best mean test accuracy.</param>
/// <param name="SeedDeviation">Standard deviation of the test accuracy from seed to seed of one architecture (pooled); null with one seed.</param>
/// <param name="SeedTau">Kendall's tau-b of the test accuracies of two seeds, the mean over all pairs of seeds: how far a single training can be trusted; null with one seed.</param>
/// <param name="ScoreTau">Tau-b of score and test accuracy of the same training, the mean over the seeds.</param>
/// <param name="MacsTau">Tau-b of multiply-adds and mean test accuracy.</param>
/// <param name="ParametersTau">Tau-b of trainable parameters and mean test accuracy.</param>
/// <param name="Seconds">Training time of the whole table, on the machine that built it.</param>
public sealed record TabularSummary(
    int Architectures, double Least, ImmutableArray<double> Quartiles, double Greatest, double? SeedDeviation, double? SeedTau, double? ScoreTau,
    double? MacsTau, double? ParametersTau, double Seconds)
{
    /// <summary>Summarises <paramref name="benchmark"/>.</summary>
    public static TabularSummary Of(TabularBenchmark benchmark)
    {
        var entries = benchmark.Entries;
        double[] means = [.. entries.Select(entry => entry.MeanTest)], sorted = [.. means.Order()];
        int seeds = benchmark.Recipe.Seeds.Length;
        double[] TestOf(int seed) => [.. entries.Select(entry => entry.Trainings[seed].Test)];
        var pairs = Enumerable.Range(0, seeds).SelectMany(a => Enumerable.Range(a + 1, seeds - a - 1).Select(b => (a, b)));
        double squares = entries.Sum(entry => entry.Trainings.Sum(training => Math.Pow(training.Test - entry.MeanTest, 2)));
        return new TabularSummary(
            entries.Length, sorted[0], [Quantile(0.25), Quantile(0.5), Quantile(0.75)], sorted[^1],
            seeds < 2 ? null : Math.Sqrt(squares / (entries.Length * (seeds - 1))),
            pairs.Select(pair => RankCorrelation.KendallTauB(TestOf(pair.a), TestOf(pair.b))).Average(),
            Enumerable.Range(0, seeds).Select(seed => RankCorrelation.KendallTauB([.. entries.Select(entry => entry.Trainings[seed].Scores[^1])], TestOf(seed))).Average(),
            RankCorrelation.KendallTauB([.. entries.Select(entry => (double)entry.Cost.Macs)], means),
            RankCorrelation.KendallTauB([.. entries.Select(entry => (double)entry.Cost.TrainableParameters)], means),
            entries.Sum(entry => entry.Trainings.Sum(training => training.Seconds)));

        double Quantile(double share)
        {
            double at = share * (sorted.Length - 1);
            int below = (int)at;
            return below + 1 == sorted.Length ? sorted[below] : sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]);
        }
    }
}
