using System.Collections.Immutable;
using System.Text.Json;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>What a search does; defaults are TuNAS's where a short run on one machine can use them.</summary>
/// <remarks>Source: google-research/tunas 0c1bbe5, search hyper-parameters; TuNAS (arXiv 2008.06120).</remarks>
/// <param name="Algorithm">Learned policy or uniform draws.</param>
/// <param name="Steps">S, at least 1. TuNAS: 27,050 with 32 candidates each; 1000 is a laptop's measure.</param>
/// <param name="Candidates">K, architectures trained and scored in a step, at least 1.</param>
/// <param name="Objective">The cost that is held to the target.</param>
/// <param name="Target">Target of that cost; null ("median" in files) for the median of uniformly drawn architectures.</param>
/// <param name="Tolerance">Relative distance from a target that still counts as on target, of the main objective and of further ones.</param>
/// <param name="Beta">Weight of the cost in the reward, below 0; null ("auto" in files) for what <see cref="BetaAdvice"/> recommends when the
/// controller begins to learn.</param>
/// <param name="Reward">Form of the reward.</param>
/// <param name="BaselineMomentum">mu of <see cref="RewardBaseline"/>, in [0, 1).</param>
/// <param name="ControllerLearningRate">Base rate; null ("auto" in files) for <see cref="Search.ControllerLearningRate.Auto"/>.</param>
/// <param name="Growth">Factor the rate grows by over the learning phase, at least 1e-3.</param>
/// <param name="DelayFraction">Share of the steps before the controller learns.</param>
/// <param name="WarmUpFraction">Share of the steps over which warm-up fades; at most <paramref name="DelayFraction"/>.</param>
/// <param name="WarmUpBranches">Most branches of a decision averaged in warm-up; 0 for all, 1 for none.</param>
/// <param name="EntropyBonus">Weight of the policy's entropy beside the reward, at least 0.</param>
/// <param name="TopCandidates">Architectures re-scored on the whole held-out split at the end.</param>
/// <param name="BaselineArchitectures">Uniformly drawn architectures on target that are scored the same way.</param>
/// <param name="CheckpointEvery">Steps between checkpoints.</param>
/// <param name="Evolution">What follows the training of a search that trains first and chooses then; null for <see cref="EvolutionSettings"/>'s defaults.</param>
/// <param name="Targets">Several targets that such a search chooses for with the same weights; null for <paramref name="Target"/> alone.</param>
/// <param name="LatencyTable">Path of the file with measured milliseconds, as the experiment names it; null for none. Needed for <see cref="CostObjective.LatencyMs"/>.</param>
/// <param name="Demands">Further costs in the reward, and limits (<c>costs</c> and <c>limits</c> in files); null for none.</param>
/// <param name="Rejection">Whether, once warm-up is over, draws that may not be chosen are drawn again and the policy learns from the
/// quality alone, corrected for the share of what may be (TabNAS): betas have no say then, targets and limits bound the set.</param>
/// <param name="FilterWarmUp">Whether warm-up makes widths, expansions and depths the largest; <paramref name="WarmUpBranches"/> 1 leaves kernels and squeeze-excite alone.</param>
/// <param name="RejectionSamples">N, draws of the policy that estimate that share in every step, at least 1.</param>
public sealed record SearchSettings(
    SearchAlgorithm Algorithm = SearchAlgorithm.Tunas,
    int Steps = 1000,
    int Candidates = 4,
    CostObjective Objective = CostObjective.Macs,
    double? Target = null,
    double Tolerance = 0.05,
    double? Beta = SearchSettings.PublishedBeta,
    RewardType Reward = RewardType.Absolute,
    double BaselineMomentum = 0.95,
    double? ControllerLearningRate = null,
    double Growth = 10,
    double DelayFraction = 0.25,
    double WarmUpFraction = 0.25,
    int WarmUpBranches = CandidateSampler.DefaultMaximumBranches,
    double EntropyBonus = 0,
    int TopCandidates = 16,
    int BaselineArchitectures = 50,
    int CheckpointEvery = 50,
    string? LatencyTable = null,
    EvolutionSettings? Evolution = null,
    ImmutableArray<double>? Targets = null,
    CostDemands? Demands = null,
    bool Rejection = false,
    int RejectionSamples = 1000,
    bool FilterWarmUp = true)
{
    /// <summary>beta of the published searches.</summary>
    public const double PublishedBeta = -0.10;

    /// <summary>Architectures drawn to find the median cost.</summary>
    public const int MedianDraws = 2000;

    private const string Auto = "auto";

    private static readonly Dictionary<string, SearchAlgorithm> Algorithms =
        new()
        {
            ["tunas"] = SearchAlgorithm.Tunas,
            ["random"] = SearchAlgorithm.Random,
            ["spos"] = SearchAlgorithm.Spos,
            ["fairnas"] = SearchAlgorithm.FairNas,
            ["sandwich"] = SearchAlgorithm.Sandwich,
        };

    private static readonly Dictionary<string, RewardType> Rewards =
        new() { ["absolute"] = RewardType.Absolute, ["soft"] = RewardType.Soft, ["hard"] = RewardType.Hard };

    /// <summary>Steps before the controller learns: floor(<see cref="DelayFraction"/> S).</summary>
    public int DelaySteps => (int)(DelayFraction * Steps);

    /// <summary>Steps over which warm-up fades: floor(<see cref="WarmUpFraction"/> S).</summary>
    public int WarmUpSteps => (int)(WarmUpFraction * Steps);

    /// <summary>Whether the weights are trained first and architectures chosen then.</summary>
    public bool IsTwoStage => Algorithm is SearchAlgorithm.Spos or SearchAlgorithm.FairNas or SearchAlgorithm.Sandwich;

    /// <summary>The name of <see cref="Algorithm"/> in files and records.</summary>
    public string AlgorithmName => Algorithms.First(pair => pair.Value == Algorithm).Key;

    /// <summary>All cost terms of the reward, the main one first.</summary>
    public ImmutableArray<CostTerm> Terms => [new CostTerm(Objective, Target, Beta, Reward), .. Demands?.Terms ?? []];

    /// <summary>Costs that a chosen architecture may not exceed.</summary>
    public ImmutableArray<CostLimit> Limits => Demands?.Limits ?? [];

    /// <summary>Whether any target or limit is in milliseconds.</summary>
    public bool AsksForLatency =>
        Terms.Any(term => term.Objective == CostObjective.LatencyMs) || Limits.Any(limit => limit.Objective == CostObjective.LatencyMs);

    /// <summary>What may be chosen, of resolved settings: within <see cref="Tolerance"/> of every target, and within all limits.</summary>
    /// <exception cref="InvalidOperationException">A target is not resolved.</exception>
    public FeasibleSet Feasible => new(Windows[0], Limits) { FurtherWindows = Windows[1..] };

    /// <summary>Reads the object at <paramref name="node"/>; every key may be left out.</summary>
    public static SearchSettings Read(ConfigNode node)
    {
        var file = node.Object(
            "algorithm", "steps", "candidates", "objective", "target", "tolerance", "beta", "reward", "baselineMomentum",
            "controllerLearningRate", "growth", "delayFraction", "warmUpFraction", "warmUpBranches", "entropyBonus", "topCandidates",
            "baselineArchitectures", "checkpointEvery", "latencyTable", "evolution", "targets", "costs", "limits", "rejection", "rejectionSamples", "filterWarmUp");
        var standard = new SearchSettings();
        var objective = file.Optional("objective", n => n.OneOf(CostObjectives.ByName), standard.Objective);
        var settings = new SearchSettings(
            file.Optional("algorithm", n => n.OneOf(Algorithms), standard.Algorithm),
            file.Optional("steps", n => n.Int(1, 100_000_000), standard.Steps),
            file.Optional("candidates", n => n.Int(1, 10_000), standard.Candidates),
            objective,
            file.Optional("target", n => NumberOrName.Read(n, "median", CostObjectives.LeastTarget(objective), CostObjectives.MostTarget), standard.Target),
            file.Optional("tolerance", n => n.Number(1e-6, 10), standard.Tolerance),
            file.Optional("beta", ReadBeta, standard.Beta),
            file.Optional("reward", n => n.OneOf(Rewards), standard.Reward),
            file.Optional("baselineMomentum", n => n.Number(0, 0.999999), standard.BaselineMomentum),
            file.Optional("controllerLearningRate", n => NumberOrName.Read(n, "auto", 0, 1e3), standard.ControllerLearningRate),
            file.Optional("growth", n => n.Number(1e-3, 1e6), standard.Growth),
            file.Optional("delayFraction", n => n.Number(0, 0.99), standard.DelayFraction),
            file.Optional("warmUpFraction", n => n.Number(0, 0.99), standard.WarmUpFraction),
            file.Optional("warmUpBranches", n => n.Int(0, 1000), standard.WarmUpBranches),
            file.Optional("entropyBonus", n => n.Number(0, 1e6), standard.EntropyBonus),
            file.Optional("topCandidates", n => n.Int(1, 100_000), standard.TopCandidates),
            file.Optional("baselineArchitectures", n => n.Int(0, 100_000), standard.BaselineArchitectures),
            file.Optional("checkpointEvery", n => n.Int(1, 100_000_000), standard.CheckpointEvery),
            file.Optional("latencyTable", n => n.Text(), standard.LatencyTable),
            file.Optional("evolution", EvolutionSettings.ReadAlone, standard.Evolution),
            file.Optional("targets", n => ReadTargets(n, objective), null),
            null,
            file.Optional("rejection", n => n.Bool(), standard.Rejection),
            file.Optional("rejectionSamples", n => n.Int(1, 10_000_000), standard.RejectionSamples),
            file.Optional("filterWarmUp", n => n.Bool(), standard.FilterWarmUp));
        var main = settings.Terms[0];
        var demands = new CostDemands(
            file.Optional("costs", n => CostDemands.ReadTerms(n, main, Rewards), []), file.Optional("limits", CostDemands.ReadLimits, []));
        if (!demands.Equals(CostDemands.None)) settings = settings with { Demands = demands };
        if ((settings.WarmUpMistake ?? settings.AutoBetaMistake) is { } mistake) node.Fail(mistake);
        if (settings.TwoStageMistake is { } other) node.Fail(other);
        return settings;
    }

    /// <summary>These settings with the targets and the learning rate as numbers.</summary>
    /// <param name="space">What is searched.</param>
    /// <param name="costs">Costs of its architectures.</param>
    /// <param name="seed">The run's root stream.</param>
    public SearchSettings Resolve(SearchSpace space, CostTable costs, RandomStream seed)
    {
        double Median(CostObjective objective) => CostSurvey.Draw(space, costs, objective, seed.Derive("target"), MedianDraws).Median;
        return this with
        {
            Target = Targets?[0] ?? Target ?? Median(Objective),
            ControllerLearningRate = ControllerLearningRate ?? Search.ControllerLearningRate.Auto(Steps - DelaySteps),
            Demands = Demands is null
                ? null
                : Demands with { Terms = [.. Demands.Terms.Select(term => term with { Target = term.Target ?? Median(term.Objective) })] },
        };
    }

    /// <summary>The settings as JSON that <see cref="Read"/> reads back to the same value.</summary>
    public string ToJson()
    {
        var values = new Dictionary<string, object>
        {
            ["algorithm"] = AlgorithmName,
            ["steps"] = Steps,
            ["candidates"] = Candidates,
            ["objective"] = CostObjectives.NameOf(Objective),
            ["target"] = Target is { } target ? target : "median",
            ["tolerance"] = Tolerance,
            ["beta"] = Beta is { } beta ? beta : Auto,
            ["reward"] = NameOf(Reward),
            ["baselineMomentum"] = BaselineMomentum,
            ["controllerLearningRate"] = ControllerLearningRate is { } rate ? rate : Auto,
            ["growth"] = Growth,
            ["delayFraction"] = DelayFraction,
            ["warmUpFraction"] = WarmUpFraction,
            ["warmUpBranches"] = WarmUpBranches,
            ["entropyBonus"] = EntropyBonus,
            ["topCandidates"] = TopCandidates,
            ["baselineArchitectures"] = BaselineArchitectures,
            ["checkpointEvery"] = CheckpointEvery,
        };
        if (LatencyTable is not null) values["latencyTable"] = LatencyTable;
        if (Evolution is not null || IsTwoStage) values["evolution"] = (Evolution ?? new EvolutionSettings()).ToJson();
        if (Targets is { } targets)
        {
            values.Remove("target");
            values["targets"] = targets;
        }

        if (Demands is { Terms.IsEmpty: false })
        {
            values["costs"] = Demands.Terms.Select(term => new Dictionary<string, object>
            {
                ["objective"] = CostObjectives.NameOf(term.Objective),
                ["target"] = term.Target is { } of ? of : "median",
                ["beta"] = term.Beta is { } weight ? weight : Auto,
                ["reward"] = NameOf(term.Reward),
            });
        }

        if (Demands is { Limits.IsEmpty: false })
            values["limits"] = Demands.Limits.ToDictionary(limit => CostObjectives.NameOf(limit.Objective), limit => limit.Most);
        // Written where they were asked for: the text of other searches, and so their identity, stays what it was.
        if (Rejection) values["rejection"] = true;
        if (Rejection || RejectionSamples != new SearchSettings().RejectionSamples) values["rejectionSamples"] = RejectionSamples;
        if (!FilterWarmUp) values["filterWarmUp"] = false;
        return JsonSerializer.Serialize(values, SearchJson.Indented);
    }

    /// <summary>The name of <paramref name="reward"/> in files.</summary>
    public static string NameOf(RewardType reward) => Rewards.First(pair => pair.Value == reward).Key;

    /// <summary>The reward of resolved settings: of every term, or with <see cref="Rejection"/> the quality itself.</summary>
    /// <param name="betas">A weight for each of <see cref="Terms"/>, below 0.</param>
    /// <exception cref="InvalidOperationException">A target is not resolved.</exception>
    public CombinedReward MakeReward(ReadOnlySpan<double> betas)
    {
        if (Rejection) return new CombinedReward([]);
        var terms = Terms;
        if (betas.Length != terms.Length) throw new ArgumentException($"{terms.Length} betas are needed, {betas.Length} were given.", nameof(betas));
        var rewards = ImmutableArray.CreateBuilder<IReward>(terms.Length);
        for (int i = 0; i < terms.Length; i++) rewards.Add(MakeReward(terms[i].Reward, Resolved(terms[i].Target), betas[i]));
        return new CombinedReward(rewards.MoveToImmutable());
    }

    internal static double? ReadBeta(ConfigNode node) => NumberOrName.Read(node, Auto, -1e6, -1e-9);

    /// <summary>The targets of resolved settings, in their order.</summary>
    internal ImmutableArray<double> ResolvedTargets => Targets ?? [Resolved(Target)];

    // What a file may not ask of a search that trains first and chooses then, or only of one.
    internal string? TwoStageMistake => this switch
    {
        { Targets: not null, IsTwoStage: false } => $"has targets, which one training serves only with the algorithms spos, fairnas and sandwich, not {AlgorithmName}: run it once for each target",
        { Targets: not null, Target: { } target } when Targets.Value[0] != target => "has both target and targets; one of them says it",
        { Algorithm: SearchAlgorithm.Sandwich, Candidates: < SandwichPaths.LeastPaths } => $"has {Candidates} candidates; sandwich needs at least {SandwichPaths.LeastPaths}: the largest, the smallest and one between",
        _ => null,
    };

    // One sample serves the weight step and the controller step, so warm-up may not reach into the learning phase (TuNAS's own guard).
    internal string? WarmUpMistake => !IsTwoStage && WarmUpFraction > DelayFraction
        ? FormattableString.Invariant($"has warmUpFraction {WarmUpFraction}, which must not exceed delayFraction {DelayFraction}: the controller must not learn from replaced decisions")
        : null;

    private static ImmutableArray<double>? ReadTargets(ConfigNode node, CostObjective objective)
    {
        ImmutableArray<double> targets = [.. node.Array(1).Select(n => n.Number(CostObjectives.LeastTarget(objective), CostObjectives.MostTarget))];
        if (targets.Distinct().Count() < targets.Length) node.Fail("names a target twice");
        return targets.IsEmpty ? null : targets;
    }

    // A policy that learns from a reward with costs in it.
    internal bool LearnsFromCost => Algorithm == SearchAlgorithm.Tunas && !Rejection;

    internal string? AutoBetaMistake => LearnsFromCost && Terms.Any(term => term.Beta is null) && DelaySteps * Candidates < QualitySlope.LeastSamples
        ? $"has beta \"auto\", which needs {QualitySlope.LeastSamples} architectures scored before the controller learns; delayFraction x steps x candidates gives {DelaySteps * Candidates}. Search longer, or give a number"
        : null;

    private ImmutableArray<CostWindow> Windows => [.. Terms.Select(term => new CostWindow(term.Objective, Resolved(term.Target), Tolerance))];

    private static IReward MakeReward(RewardType reward, double target, double beta) => reward switch
    {
        RewardType.Absolute => new AbsoluteReward(target, beta),
        RewardType.Soft => new SoftExponentialReward(target, beta),
        RewardType.Hard => new HardExponentialReward(target, beta),
        _ => throw new InvalidOperationException($"no such reward: {reward}."),
    };

    private static double Resolved(double? target) => target ?? throw new InvalidOperationException("the target is not resolved: call Resolve first.");
}
