using MoViNetNAS.Search;

namespace MoViNetNAS.Cli.Runs;

/// <summary>Uniformly drawn architectures on target, scored like the picks.</summary>
internal sealed record BaselineSummary(int Architectures, double MeanQuality, double StandardDeviation, double BestQuality)
{
    /// <summary>Of the trials of a baseline; null when there are none.</summary>
    public static BaselineSummary? Of(IReadOnlyCollection<Trial> trials)
    {
        if (trials.Count == 0) return null;
        var summary = SampleSummary.Of([.. trials.Select(trial => trial.Quality)]);
        return new BaselineSummary(summary.Count, summary.Mean, trials.Count < 2 ? 0 : summary.StandardDeviation, trials.Max(trial => trial.Quality));
    }
}
