using System.Text.Json.Serialization;
using MoViNetNAS.Search;

namespace MoViNetNAS.Cli.Runs;

/// <summary>The result of a search run: what `movinet search` prints and <c>best.json</c> holds.</summary>
internal sealed record SearchSummary(
    string Run, string Algorithm, string Space, string SpaceHash, string Objective, double Target, double Tolerance,
    SummaryPick? MostProbable, SummaryPick? Feasible, SummaryPick? Repaired, SummaryPick? BestRescored, BaselineSummary? RandomFeasible, EntropySummary Entropy,
    int Trials, RunFingerprints Fingerprints, string Folder, long TrainedClips, long ScoredClips, long? CalibrationClips, IReadOnlyList<TargetSummary>? Targets)
{
    /// <summary>The cost terms of the reward, the main one first.</summary>
    public IReadOnlyList<TermSummary> Terms { get; init; } = [];

    /// <summary>Hard limits by objective; null without.</summary>
    public IReadOnlyDictionary<string, double>? Limits { get; init; }

    /// <summary>The result held against random architectures; null where there is none, or nothing to hold it against.</summary>
    public ChanceComparison? Chance { get; init; }

    /// <summary>The controller's rates; null for random search.</summary>
    public ControllerRateSummary? ControllerRate { get; init; }

    /// <summary>Decisions that the policy has not made, the most undecided first.</summary>
    public IReadOnlyList<UndecidedDecision> Undecided { get; init; } = [];

    /// <summary>Objectives of further terms and of limits, by name, each once.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> FurtherObjectives => [.. Terms.Skip(1).Select(term => term.Objective).Concat(Limits?.Keys ?? []).Distinct()];

    /// <summary>The result of a run that has ended.</summary>
    /// <param name="record">The run.</param>
    /// <param name="result">What it found.</param>
    /// <param name="trials">All that it stored.</param>
    /// <param name="settings">Resolved.</param>
    /// <param name="rate">The controller's rates; null where none learns.</param>
    /// <param name="clipsPerStep">Clips that one update of the weights trains on.</param>
    /// <param name="calibrationClips">Training clips that the norms of an architecture saw before it was scored on the whole held-out split.</param>
    /// <param name="weights">Fingerprint of the shared weights.</param>
    /// <param name="folder">Where its files are.</param>
    public static SearchSummary Of(
        RunRecord record, SearchResult result, IReadOnlyList<Trial> trials, SearchSettings settings, ControllerRateSummary? rate, long clipsPerStep,
        int calibrationClips, string weights, string folder)
    {
        CostObjective[] further = [.. settings.Terms.Skip(1).Select(term => term.Objective).Concat(settings.Limits.Select(limit => limit.Objective)).Distinct()];
        SummaryPick? PickFor(Trial? trial, CostWindow window) => trial is null
            ? null
            : new(trial.Genotype, trial.Cost.Of(window.Objective), window.Ratio(trial.Cost), trial.Quality, trial.Cost.TrainableParameters)
            {
                Further = further.Length == 0 ? null : further.ToDictionary(CostObjectives.NameOf, trial.Cost.Of),
            };
        SummaryPick? Pick(Trial? trial) => PickFor(trial, result.Window);
        long wholeSplit = trials.Count(trial => trial.Phase is TrialPhase.Rescored or TrialPhase.Baseline or TrialPhase.Evolved);
        return new SearchSummary(
            record.Name, record.Algorithm, record.SpaceName, record.SpaceHash, CostObjectives.NameOf(record.Objective),
            record.Target, result.Window.Tolerance, Pick(result.MostProbable), Pick(result.Found), Pick(result.Repaired), Pick(result.Best),
            BaselineSummary.Of(result.Baseline),
            new EntropySummary(result.InitialMeanEntropy, result.FinalMeanEntropy, result.FinalMeanNormalizedEntropy),
            trials.Count,
            new RunFingerprints(Fingerprint.Of(trials), result.LogitsFingerprint, weights),
            folder, settings.Steps * clipsPerStep, trials.Sum(trial => (long)trial.QualityClips),
            calibrationClips > 0 ? wholeSplit * calibrationClips : null,
            result.Targets.Length == 0 ? null : [.. result.Targets.Select(target => new TargetSummary(
                target.Window.Target, PickFor(target.Best, target.Window), target.Evolved.Length, BaselineSummary.Of(target.Baseline),
                target.Best is null ? null : ChanceComparison.Of(target.Best.Quality, [.. target.Baseline.Select(trial => trial.Quality)])))])
        {
            Terms = TermSummary.Of(settings, result),
            Limits = settings.Limits.IsEmpty ? null : settings.Limits.ToDictionary(limit => CostObjectives.NameOf(limit.Objective), limit => limit.Most),
            Chance = result.Chance,
            ControllerRate = rate,
            Undecided = result.Undecided,
        };
    }
}
