using MoViNetNAS.Data;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Runs;

/// <summary>The front of a run, whose members were measured on the whole held-out split with the final weights.</summary>
/// <remarks>The best of thousands of scores on a few clips each is lucky as much as good, and early ones were made with worse weights.
/// So when a search ends, the best-scored genotypes of every range of cost are measured again, and only measured trials come
/// to the front (docs/decisions/0004).</remarks>
internal sealed class MeasuredFront(string run, Experiment experiment, SupernetTrainer trainer, IClipDataset dataset, CostObjective objective)
{
    private const int Ranges = 16, PerRange = 3;

    /// <summary>Most trials that <see cref="Measure"/> adds.</summary>
    public const int MostMeasured = Ranges * PerRange;

    /// <summary>Measures the best-scored genotypes of each range of cost; <paramref name="add"/> gets each new trial, numbered from <paramref name="firstRank"/>.</summary>
    public void Measure(IReadOnlyList<Trial> trials, int firstRank, Action<Trial> add, CancellationToken cancellation)
    {
        int rank = firstRank;
        var space = experiment.RequireSpace();
        foreach (var scored in Promising(trials))
        {
            cancellation.ThrowIfCancellationRequested();
            double quality = trainer.ScoreHeldOut(space.Resolve(space.Parse(scored.Genotype)));
            add(scored with
            {
                Run = run,
                Phase = TrialPhase.Rescored,
                Step = rank++,
                Candidate = 0,
                Quality = quality,
                QualityClips = dataset.Items(Split.Score).Count,
                Reward = quality,
            });
        }
    }

    /// <summary>The front over <paramref name="trials"/> of one or several runs.</summary>
    public static IReadOnlyList<Trial> Of(IEnumerable<Trial> trials, CostObjective objective) =>
        ParetoFront.Of(Counted(trials), trial => trial.Cost.Of(objective), trial => trial.Quality);

    /// <summary>All trials but those of warm-up steps, whose quality is not the genotype's alone.</summary>
    public static IReadOnlyList<Trial> Shown(IEnumerable<Trial> trials) => [.. trials.Where(trial => trial.Phase != TrialPhase.WarmUp)];

    // Of a run that has ended the measured trials; of one that is going on, its step scores.
    private static IEnumerable<Trial> Counted(IEnumerable<Trial> trials) => Shown(trials)
        .GroupBy(trial => trial.Run)
        .SelectMany(ofRun => ofRun.Any(trial => trial.Phase != TrialPhase.Search) ? ofRun.Where(trial => trial.Phase != TrialPhase.Search) : ofRun);

    // Scores of the second half of the steps, when the weights were worth something; ranges are equal on a logarithmic scale.
    private List<Trial> Promising(IReadOnlyList<Trial> trials)
    {
        var measured = trials.Where(trial => trial.Phase is TrialPhase.Rescored or TrialPhase.Baseline).Select(trial => trial.Genotype).ToHashSet();
        Trial[] late = [.. trials.Where(trial => trial.Phase == TrialPhase.Search && trial.Step >= experiment.Search.Steps / 2)];
        if (late.Length == 0) return [];
        double least = objective == CostObjective.LatencyMs ? 1e-6 : 1; // counts may be 0, milliseconds below 1
        double Log(Trial trial) => Math.Log(Math.Max(least, trial.Cost.Of(objective)));
        double low = late.Min(Log), width = Math.Max(1e-9, (late.Max(Log) - low) / Ranges);
        return
        [
            .. late.Where(trial => !measured.Contains(trial.Genotype))
                .GroupBy(trial => Math.Min(Ranges - 1, (int)((Log(trial) - low) / width)))
                .OrderBy(range => range.Key)
                .SelectMany(range => range
                    .OrderByDescending(trial => trial.Quality).ThenByDescending(trial => trial.Step).ThenBy(trial => trial.Candidate)
                    .DistinctBy(trial => trial.Genotype)
                    .Take(PerRange)),
        ];
    }
}
