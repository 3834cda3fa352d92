using MoViNetNAS.Search;

namespace MoViNetNAS.Reporting;

/// <summary>A search method over several seeds, against a baseline with the same seeds.</summary>
/// <param name="Name">The method.</param>
/// <param name="Test">What is maximised, of what it chose, in [0, 1].</param>
/// <param name="MedianRegret">What is missing to the best that may be chosen; null where that is not known.</param>
/// <param name="Hypervolume">As a share of the whole table's; null where there is no curve.</param>
/// <param name="Gain">Above the baseline's with the same seed; null for the baseline.</param>
/// <param name="PairedT">One-sided p-value of the paired t test; null for the baseline.</param>
/// <param name="Wilcoxon">Likewise of the signed-rank test.</param>
/// <param name="TrainedClips">Mean over the seeds.</param>
/// <param name="ScoredClips">Mean over the seeds.</param>
/// <param name="Seconds">Mean over the seeds.</param>
public sealed record MethodRow(
    string Name, SampleSummary Test, double? MedianRegret, SampleSummary? Hypervolume, SampleSummary? Gain, double? PairedT, double? Wilcoxon,
    double TrainedClips, double ScoredClips, double Seconds);
