using MoViNetNAS.Search;
using MoViNetNAS.Store;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Runs;

/// <summary>What a paper has to state of a search: compute, versions, hardware, seeds, data, and what it came to.</summary>
/// <remarks>Source: Lindauer and Hutter 2020, Best practices for scientific research on neural architecture search: the points on end-to-end time,
/// seeds, hardware, versions and splits.</remarks>
/// <param name="Run">The record.</param>
/// <param name="Time">How long it was at work; null when its log is gone.</param>
/// <param name="Trials">Evaluated architectures.</param>
/// <param name="DistinctArchitectures">Different ones among them.</param>
/// <param name="TrainedClips">Clips that shared weights were trained on, with repetition; null for an algorithm that this version does not know, and for one that trains first and chooses then and has not ended: its trials are no training steps.</param>
/// <param name="ScoredClips">Clips that architectures were scored on, with repetition.</param>
/// <param name="Models">Networks trained from it, each with its own seed.</param>
internal sealed record RunAccount(
    RunRecord Run, RunTime? Time, int Trials, int DistinctArchitectures, long? TrainedClips, long ScoredClips, IReadOnlyList<ModelRecord> Models)
{
    /// <exception cref="MoViNetNAS.Spaces.InputException">There is no such run.</exception>
    public static RunAccount Of(RunStore store, string database, string name)
    {
        var record = store.Run(name);
        var trials = store.Trials(name).ToList();
        var experiment = new RunLineage(record, trials).OpenExperiment();
        long? paths = experiment.Search.AlgorithmName != record.Algorithm ? null
            : !experiment.Search.IsTwoStage ? trials.Count(trial => trial.Phase is TrialPhase.WarmUp or TrialPhase.Search)
            : record.Status == RunStatus.Completed ? (long)experiment.Search.Steps * PathRules.PathsPerStep(experiment.Search, experiment.RequireSpace())
            : null;
        return new RunAccount(
            record, RunTime.Of(new RunFolder(database, name).Log), trials.Count, trials.Select(trial => trial.Genotype).Distinct().Count(), paths * experiment.Supernet.Batch,
            trials.Sum(trial => (long)trial.QualityClips), [.. store.Models().Where(model => model.Run == name)]);
    }
}
