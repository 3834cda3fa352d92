using MoViNetNAS.Search;

namespace MoViNetNAS.Reporting;

/// <summary>A row of an ablation: one way to train and test, over several seeds.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Measures">The measure of each seed, in [0, 1], by seed.</param>
/// <param name="Right">Clips that were right, by seed; null where several classes may be.</param>
/// <param name="Clips">Clips that were tested.</param>
/// <param name="MacsPerVideo">Multiply-adds of all views of a video.</param>
/// <param name="MacsPerFrame">Multiply-adds of a frame.</param>
/// <param name="TrainableParameters">Of all its networks together.</param>
/// <param name="StreamStateBytes">What they carry from frame to frame.</param>
public sealed record AblationRow(
    string Name, IReadOnlyList<(ulong Seed, double Measure)> Measures, IReadOnlyList<int>? Right, int Clips, long MacsPerVideo, long MacsPerFrame,
    long TrainableParameters, long StreamStateBytes)
{
    /// <summary>The measure over the seeds.</summary>
    public SampleSummary Summary => SampleSummary.Of([.. Measures.Select(one => one.Measure)]);

    /// <summary>How much more than <paramref name="other"/> with the same seed.</summary>
    public SampleSummary Gain(AblationRow other) => SampleSummary.Of([.. Measures.Zip(other.Measures, (own, its) => own.Measure - its.Measure)]);
}
