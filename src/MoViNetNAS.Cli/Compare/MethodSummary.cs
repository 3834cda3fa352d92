using MoViNetNAS.Search;

namespace MoViNetNAS.Cli.Compare;

/// <summary>One method over all seeds, against the baseline seed by seed.</summary>
/// <param name="Method">Its name.</param>
/// <param name="Found">Seeds in which it chose an architecture.</param>
/// <param name="Test">Test accuracy of what it chose; a seed without one counts as 0.</param>
/// <param name="MedianRegret">Median over the seeds of what is missing to the best that may be chosen; null where that is not known.</param>
/// <param name="MeanRegret">Likewise the mean.</param>
/// <param name="Hypervolume">At the end of the budget; null where there is no curve.</param>
/// <param name="Gain">Test accuracy above the baseline's with the same seed; null for the baseline.</param>
/// <param name="PairedT">One-sided p-value of Student's paired t test that the method is better than the baseline; null for the baseline, or when all differences are equal.</param>
/// <param name="Wilcoxon">Likewise of Wilcoxon's signed-rank test.</param>
/// <param name="TrainedClips">Mean over the seeds.</param>
/// <param name="ScoredClips">Mean over the seeds.</param>
/// <param name="Seconds">Mean over the seeds.</param>
internal sealed record MethodSummary(
    string Method, int Found, SampleSummary Test, double? MedianRegret, double? MeanRegret, SampleSummary? Hypervolume, SampleSummary? Gain, double? PairedT,
    double? Wilcoxon, double TrainedClips, double ScoredClips, double Seconds)
{
    /// <summary>Summarises every method.</summary>
    /// <param name="comparison">Its methods and baseline.</param>
    /// <param name="results">One for each method and seed.</param>
    /// <param name="best">Test accuracy of the best that may be chosen; null where that is not known.</param>
    public static IReadOnlyList<MethodSummary> Of(Comparison comparison, IReadOnlyList<MethodResult> results, double? best)
    {
        double[] Tests(string method) => [.. comparison.Seeds.Select(seed => results.First(result => result.Method == method && result.Seed == seed).Test ?? 0)];
        double[] baseline = Tests(comparison.Baseline);
        return [.. comparison.Methods.Select(method =>
        {
            MethodResult[] own = [.. results.Where(result => result.Method == method.Name)];
            double[] tests = Tests(method.Name);
            double[]? regrets = best is { } most ? [.. tests.Select(test => most - test).Order()] : null;
            bool isBaseline = method.Name == comparison.Baseline, isCompared = !isBaseline && tests.Length > 1;
            return new MethodSummary(
                method.Name, own.Count(result => result.Genotype is not null), SampleSummary.Of(tests),
                regrets is null ? null : (regrets[(regrets.Length - 1) / 2] + regrets[regrets.Length / 2]) / 2, regrets?.Average(),
                own.All(result => result.Curve.Length > 0) ? SampleSummary.Of([.. own.Select(result => result.Curve[^1].Hypervolume)]) : null,
                isBaseline ? null : PairedDifference.Summary(tests, baseline),
                isCompared ? PairedTTest.Of(tests, baseline, Alternative.Greater)?.P : null,
                isCompared ? WilcoxonSignedRank.Of(tests, baseline, Alternative.Greater)?.P : null,
                own.Average(result => result.TrainedClips), own.Average(result => result.ScoredClips), own.Average(result => result.Seconds));
        })];
    }
}
