using MoViNetNAS.Data;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Runs;

/// <summary>The front over all trials of a run, every member measured on the whole held-out split with the final weights.</summary>
/// <remarks>The best of thousands of scores on a few clips each is lucky as much as good. So the members of the front over the step
/// scores are scored again; a step score that has a better measurement no longer counts, others come to the front, and so on
/// until no member is left that was only scored in a step, or <see cref="MostScored"/> have been.</remarks>
internal sealed class MeasuredFront(
    string run, Experiment experiment, SupernetTrainer trainer, IClipDataset dataset, CostObjective objective)
{
    public const int MostScored = 48;

    /// <summary>Scores members until all are measured; <paramref name="add"/> gets each new trial, numbered from <paramref name="firstRank"/>.</summary>
    public void Score(IReadOnlyList<Trial> trials, int firstRank, Action<Trial> add, CancellationToken cancellation)
    {
        List<Trial> all = [.. trials];
        for (int scored = 0; scored < MostScored; scored++)
        {
            cancellation.ThrowIfCancellationRequested();
            var lucky = Of(all, objective).FirstOrDefault(trial => trial.Phase == TrialPhase.Search);
            if (lucky is null) return;
            double quality = trainer.ScoreHeldOut(experiment.Space.Resolve(experiment.Space.Parse(lucky.Genotype)));
            var trial = lucky with
            {
                Run = run,
                Phase = TrialPhase.Rescored,
                Step = firstRank + scored,
                Candidate = 0,
                Quality = quality,
                QualityClips = dataset.Items(Split.Score).Count,
                Reward = quality,
            };
            all.Add(trial);
            add(trial);
        }
    }

    /// <summary>The front over <paramref name="trials"/>: no warm-up, and of a genotype only its scores on the most clips.</summary>
    public static IReadOnlyList<Trial> Of(IEnumerable<Trial> trials, CostObjective objective) =>
        ParetoFront.Of(Counted(trials), trial => trial.Cost.Of(objective), trial => trial.Quality);

    /// <summary>The trials that a front is made of.</summary>
    public static IReadOnlyList<Trial> Counted(IEnumerable<Trial> trials) =>
    [
        .. trials.Where(trial => trial.Phase != TrialPhase.WarmUp)
            .GroupBy(trial => (trial.Run, trial.Genotype))
            .SelectMany(group => group.Any(trial => trial.Phase != TrialPhase.Search)
                ? group.Where(trial => trial.Phase != TrialPhase.Search).Take(1)
                : group),
    ];
}
