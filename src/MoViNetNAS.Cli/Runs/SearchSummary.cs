using MoViNetNAS.Search;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Runs;

/// <summary>The result of a search run: what `movinet search` prints and <c>best.json</c> holds.</summary>
internal sealed record SearchSummary(
    string Run, string Algorithm, string Space, string SpaceHash, string Objective, double Target, double Tolerance,
    SummaryPick? MostProbable, SummaryPick? Feasible, SummaryPick? Repaired, SummaryPick? BestRescored, BaselineSummary? RandomFeasible, EntropySummary Entropy,
    int Trials, RunFingerprints Fingerprints, string Folder)
{
    public static SearchSummary Of(
        RunRecord record, Experiment experiment, SearchResult result, IReadOnlyList<Trial> trials, string weights, string folder)
    {
        SummaryPick? Pick(Trial? trial) => trial is null
            ? null
            : new(trial.Genotype, trial.Cost.Of(result.Window.Objective), result.Window.Ratio(trial.Cost), trial.Quality, trial.Cost.TrainableParameters);
        // Random search has no probabilities: its result is the best it drew.
        var feasible = result.MostProbableFeasible ?? (experiment.Search.Algorithm == SearchAlgorithm.Random ? result.Best : null);
        return new SearchSummary(
            record.Name, record.Algorithm, record.SpaceName, record.SpaceHash, CostObjectives.NameOf(record.Objective),
            record.Target, result.Window.Tolerance, Pick(result.MostProbable), Pick(feasible), Pick(result.Repaired), Pick(result.Best),
            result.BaselineMean is { } mean
                ? new BaselineSummary(result.Baseline.Length, mean, result.BaselineStd ?? 0, result.BaselineBest!.Quality)
                : null,
            new EntropySummary(result.InitialMeanEntropy, result.FinalMeanEntropy, result.FinalMeanNormalizedEntropy),
            trials.Count,
            new RunFingerprints(Fingerprint.Of(trials), result.LogitsFingerprint, weights),
            folder);
    }
}
