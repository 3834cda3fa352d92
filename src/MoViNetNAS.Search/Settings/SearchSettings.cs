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
/// <param name="Tolerance">Relative distance from the target that still counts as on target.</param>
/// <param name="Beta">Weight of the cost in the reward, below 0. Short runs: |beta| = max(0.1, 1.5 x slope of quality over cost ratio).</param>
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
public sealed record SearchSettings(
    SearchAlgorithm Algorithm = SearchAlgorithm.Tunas,
    int Steps = 1000,
    int Candidates = 4,
    CostObjective Objective = CostObjective.Macs,
    double? Target = null,
    double Tolerance = 0.05,
    double Beta = -0.10,
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
    ImmutableArray<double>? Targets = null)
{
    /// <summary>Architectures drawn to find the median cost.</summary>
    public const int MedianDraws = 2000;

    // Counts are whole; milliseconds of a frame are often below 1.
    private const double LeastTarget = 1, LeastTargetMs = 1e-6;

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

    /// <summary>Reads the object at <paramref name="node"/>; every key may be left out.</summary>
    public static SearchSettings Read(ConfigNode node)
    {
        var file = node.Object(
            "algorithm", "steps", "candidates", "objective", "target", "tolerance", "beta", "reward", "baselineMomentum",
            "controllerLearningRate", "growth", "delayFraction", "warmUpFraction", "warmUpBranches", "entropyBonus", "topCandidates",
            "baselineArchitectures", "checkpointEvery", "latencyTable", "evolution", "targets");
        var standard = new SearchSettings();
        var objective = file.Optional("objective", n => n.OneOf(CostObjectives.ByName), standard.Objective);
        var settings = new SearchSettings(
            file.Optional("algorithm", n => n.OneOf(Algorithms), standard.Algorithm),
            file.Optional("steps", n => n.Int(1, 100_000_000), standard.Steps),
            file.Optional("candidates", n => n.Int(1, 10_000), standard.Candidates),
            objective,
            file.Optional("target", n => NumberOrName.Read(n, "median", objective == CostObjective.LatencyMs ? LeastTargetMs : LeastTarget, 1e18), standard.Target),
            file.Optional("tolerance", n => n.Number(1e-6, 10), standard.Tolerance),
            file.Optional("beta", n => n.Number(-1e6, -1e-9), standard.Beta),
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
            file.Optional("targets", n => ReadTargets(n, objective), null));
        if (settings.WarmUpMistake is { } mistake) node.Fail(mistake);
        if (settings.TwoStageMistake is { } other) node.Fail(other);
        return settings;
    }

    /// <summary>These settings with the target and the learning rate as numbers.</summary>
    /// <param name="space">What is searched.</param>
    /// <param name="costs">Costs of its architectures.</param>
    /// <param name="seed">The run's root stream.</param>
    public SearchSettings Resolve(SearchSpace space, CostTable costs, RandomStream seed) => this with
    {
        Target = Targets?[0] ?? Target ?? CostSurvey.Draw(space, costs, Objective, seed.Derive("target"), MedianDraws).Median,
        ControllerLearningRate = ControllerLearningRate ?? Search.ControllerLearningRate.Auto(Steps - DelaySteps),
    };

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
            ["beta"] = Beta,
            ["reward"] = Rewards.First(pair => pair.Value == Reward).Key,
            ["baselineMomentum"] = BaselineMomentum,
            ["controllerLearningRate"] = ControllerLearningRate is { } rate ? rate : "auto",
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

        return JsonSerializer.Serialize(values, SearchJson.Indented);
    }

    /// <summary>The reward of resolved settings.</summary>
    /// <exception cref="InvalidOperationException">The target is not resolved.</exception>
    public IReward MakeReward() => Reward switch
    {
        RewardType.Absolute => new AbsoluteReward(ResolvedTarget, Beta),
        RewardType.Soft => new SoftExponentialReward(ResolvedTarget, Beta),
        RewardType.Hard => new HardExponentialReward(ResolvedTarget, Beta),
        _ => throw new InvalidOperationException($"no such reward: {Reward}."),
    };

    internal double ResolvedTarget => Target ?? throw new InvalidOperationException("the target is not resolved: call Resolve first.");

    /// <summary>The targets of resolved settings, in their order.</summary>
    internal ImmutableArray<double> ResolvedTargets => Targets ?? [ResolvedTarget];

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
        ImmutableArray<double> targets = [.. node.Array(1).Select(n => n.Number(objective == CostObjective.LatencyMs ? LeastTargetMs : LeastTarget, 1e18))];
        if (targets.Distinct().Count() < targets.Length) node.Fail("names a target twice");
        return targets.IsEmpty ? null : targets;
    }
}
