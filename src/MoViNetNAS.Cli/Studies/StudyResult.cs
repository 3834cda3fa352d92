using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Studies;

/// <summary>What one row of a study came to.</summary>
/// <param name="Row">Which.</param>
/// <param name="Cost">Of its networks together.</param>
/// <param name="Seeds">The result of every seed; of left-out sources, all folds together.</param>
internal sealed record StudyResult(StudyRow Row, Cost Cost, IReadOnlyList<(ulong Seed, EvaluationResult Result)> Seeds)
{
    /// <summary>The measure over the seeds.</summary>
    public SampleSummary Summary => SampleSummary.Of([.. Seeds.Select(seed => seed.Result.Measure())]);

    /// <summary>How much more than <paramref name="other"/> with the same seed.</summary>
    public SampleSummary Gain(StudyResult other) =>
        SampleSummary.Of([.. Seeds.Zip(other.Seeds, (own, its) => own.Result.Measure() - its.Result.Measure())]);
}
