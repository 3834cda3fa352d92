using MoViNetNAS.Search;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Runs;

/// <summary>The result of a search run: what `movinet search` prints and <c>best.json</c> holds.</summary>
internal sealed record SearchSummary(
    string Run, string Algorithm, string Space, string SpaceHash, string Objective, double Target, double Tolerance,
    SummaryPick? MostProbable, SummaryPick? Feasible, SummaryPick? Repaired, SummaryPick? BestRescored, BaselineSummary? RandomFeasible, EntropySummary Entropy,
    int Trials, RunFingerprints Fingerprints, string Folder, long TrainedClips, long ScoredClips, long? CalibrationClips, IReadOnlyList<TargetSummary>? Targets)
{
    /// <summary>The result of a run that has ended.</summary>
    /// <param name="record">The run.</param>
    /// <param name="experiment">What it was to do.</param>
    /// <param name="result">What it found.</param>
    /// <param name="trials">All that it stored.</param>
    /// <param name="pathsPerStep">Architectures of one update of the weights.</param>
    /// <param name="calibrationClips">Training clips that the norms of an architecture saw before it was scored on the whole held-out split.</param>
    /// <param name="weights">Fingerprint of the shared weights.</param>
    /// <param name="folder">Where its files are.</param>
    public static SearchSummary Of(
        RunRecord record, Experiment experiment, SearchResult result, IReadOnlyList<Trial> trials, int pathsPerStep, int calibrationClips,
        string weights, string folder)
    {
        SummaryPick? PickFor(Trial? trial, CostWindow window) => trial is null
            ? null
            : new(trial.Genotype, trial.Cost.Of(window.Objective), window.Ratio(trial.Cost), trial.Quality, trial.Cost.TrainableParameters);
        SummaryPick? Pick(Trial? trial) => PickFor(trial, result.Window);
        // Without a policy there are no probabilities: the result is the best that was drawn, or evolved.
        var feasible = result.MostProbableFeasible ?? (experiment.Search.Algorithm == SearchAlgorithm.Random || experiment.Search.IsTwoStage ? result.Best : null);
        long wholeSplit = trials.Count(trial => trial.Phase is TrialPhase.Rescored or TrialPhase.Baseline or TrialPhase.Evolved);
        return new SearchSummary(
            record.Name, record.Algorithm, record.SpaceName, record.SpaceHash, CostObjectives.NameOf(record.Objective),
            record.Target, result.Window.Tolerance, Pick(result.MostProbable), Pick(feasible), Pick(result.Repaired), Pick(result.Best),
            BaselineSummary.Of(result.Baseline),
            new EntropySummary(result.InitialMeanEntropy, result.FinalMeanEntropy, result.FinalMeanNormalizedEntropy),
            trials.Count,
            new RunFingerprints(Fingerprint.Of(trials), result.LogitsFingerprint, weights),
            folder, (long)experiment.Search.Steps * pathsPerStep * experiment.Supernet.Batch, trials.Sum(trial => (long)trial.QualityClips),
            calibrationClips > 0 ? wholeSplit * calibrationClips : null,
            result.Targets.Length == 0
                ? null
                : [.. result.Targets.Select(target => new TargetSummary(target.Window.Target, PickFor(target.Best, target.Window), target.Evolved.Length, BaselineSummary.Of(target.Baseline)))]);
    }
}
