using System.Text.Json.Serialization;
using MoViNetNAS.Search;

namespace MoViNetNAS.Cli.Runs;

/// <summary>The result of a search run: what `movinet search` prints and <c>best.json</c> holds.</summary>
internal sealed record SearchSummary(
    string Run, string Algorithm, string Space, string SpaceHash, string Objective, double Target, double Tolerance,
    SummaryPick? MostProbable, SummaryPick? Feasible, SummaryPick? Repaired, SummaryPick? BestRescored, BaselineSummary? RandomFeasible, EntropySummary Entropy,
    int Trials, RunFingerprints Fingerprints, string Folder)
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

    public static SearchSummary Of(
        RunRecord record, SearchResult result, IReadOnlyList<Trial> trials, string weights, string folder,
        SearchSettings settings, ControllerLearningRate rate)
    {
        CostObjective[] further = [.. settings.Terms.Skip(1).Select(term => term.Objective).Concat(settings.Limits.Select(limit => limit.Objective)).Distinct()];
        SummaryPick? Pick(Trial? trial) => trial is null
            ? null
            : new(trial.Genotype, trial.Cost.Of(result.Window.Objective), result.Window.Ratio(trial.Cost), trial.Quality, trial.Cost.TrainableParameters)
            {
                Further = further.Length == 0 ? null : further.ToDictionary(CostObjectives.NameOf, trial.Cost.Of),
            };
        return new SearchSummary(
            record.Name, record.Algorithm, record.SpaceName, record.SpaceHash, CostObjectives.NameOf(record.Objective),
            record.Target, result.Window.Tolerance, Pick(result.MostProbable), Pick(result.Found), Pick(result.Repaired), Pick(result.Best),
            result.BaselineMean is { } mean
                ? new BaselineSummary(result.Baseline.Length, mean, result.BaselineStd ?? 0, result.BaselineBest!.Quality)
                : null,
            new EntropySummary(result.InitialMeanEntropy, result.FinalMeanEntropy, result.FinalMeanNormalizedEntropy),
            trials.Count,
            new RunFingerprints(
                Fingerprint.Of(trials.Select(trial => FormattableString.Invariant(
                    $"{trial.Phase} {trial.Step} {trial.Candidate} {trial.Genotype} {trial.Quality:R} {trial.Reward:R} {trial.Cost.Macs}{(trial.Cost.LatencyMs is { } ms ? $" {ms:R}" : "")}"))),
                result.LogitsFingerprint, weights),
            folder)
        {
            Terms = TermSummary.Of(settings, result),
            Limits = settings.Limits.IsEmpty ? null : settings.Limits.ToDictionary(limit => CostObjectives.NameOf(limit.Objective), limit => limit.Most),
            Chance = result.Chance,
            ControllerRate = settings.Algorithm == SearchAlgorithm.Random ? null : ControllerRateSummary.Of(rate, settings.Candidates),
            Undecided = result.Undecided,
        };
    }
}
