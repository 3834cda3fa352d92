using System.Text.Json.Nodes;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>Options of <see cref="ControllerStrategy"/>.</summary>
/// <remarks>TuNAS's policy and optimizer; numbers are ours, chosen among 32 settings on two toy tables (40,000 and 10^80 architectures) for
/// about a hundred evaluations, where TuNAS makes 650,000: few candidates a round, and a rate that moves logits by 16 to 30 in all.</remarks>
/// <param name="Candidates">Architectures of a round, at least 1.</param>
/// <param name="Rounds">Updates of the policy, after which it ends; a genotype drawn again costs nothing, so late rounds are nearly free.</param>
/// <param name="LearningRate">Base rate; null ("auto" in files) for <see cref="LearningBudget"/> over the learning rounds.</param>
/// <param name="Growth">Factor the rate grows by over the learning rounds.</param>
/// <param name="DelayFraction">Share of the rounds before it learns, in [0, 1).</param>
/// <param name="BaselineMomentum">mu of <see cref="RewardBaseline"/>, in [0, 1).</param>
/// <param name="IsRewardShaped">Whether infeasible architectures are evaluated too and the cost is part of the reward
/// (<see cref="AbsoluteReward"/>, "absolute" in files; it needs a target); otherwise they are drawn again until feasible ("reject").</param>
/// <param name="Beta">Weight of the cost in the shaped reward, below 0.</param>
/// <param name="RecommendsBest">Whether it recommends the best that was evaluated ("bestEvaluated") or the likeliest feasible one ("mostProbable", TuNAS).</param>
public sealed record ControllerStrategySettings(
    int Candidates = 2, int Rounds = 80, double? LearningRate = null, double Growth = 3, double DelayFraction = 0, double BaselineMomentum = 0.9,
    bool IsRewardShaped = false, double Beta = -0.10, bool RecommendsBest = false) : StrategySettings
{
    /// <summary>The automatic base rate times the learning rounds.</summary>
    public const double LearningBudget = 16;

    private static readonly Dictionary<string, bool> Constraints = new() { ["reject"] = false, ["absolute"] = true };

    private static readonly Dictionary<string, bool> Recommendations = new() { ["mostProbable"] = false, ["bestEvaluated"] = true };

    /// <inheritdoc/>
    public override string Name => "controller";

    /// <inheritdoc/>
    public override ISearchStrategy Make(StrategyProblem problem) => new ControllerStrategy(problem, this);

    /// <inheritdoc/>
    public override JsonObject ToJson() => new()
    {
        ["kind"] = Name,
        ["candidates"] = Candidates,
        ["rounds"] = Rounds,
        ["learningRate"] = LearningRate is { } rate ? rate : "auto",
        ["growth"] = Growth,
        ["delayFraction"] = DelayFraction,
        ["baselineMomentum"] = BaselineMomentum,
        ["constraint"] = IsRewardShaped ? "absolute" : "reject",
        ["beta"] = Beta,
        ["recommends"] = RecommendsBest ? "bestEvaluated" : "mostProbable",
    };

    internal static ControllerStrategySettings ReadOptions(ConfigNode node)
    {
        var file = node.Object(
            "kind", "candidates", "rounds", "learningRate", "growth", "delayFraction", "baselineMomentum", "constraint", "beta", "recommends");
        var standard = new ControllerStrategySettings();
        return new ControllerStrategySettings(
            file.Optional("candidates", n => n.Int(1, 10_000), standard.Candidates),
            file.Optional("rounds", n => n.Int(1, 100_000_000), standard.Rounds),
            file.Optional("learningRate", n => NumberOrName.Read(n, "auto", 0, 1e3), standard.LearningRate),
            file.Optional("growth", n => n.Number(1e-3, 1e6), standard.Growth),
            file.Optional("delayFraction", n => n.Number(0, 0.99), standard.DelayFraction),
            file.Optional("baselineMomentum", n => n.Number(0, 0.999999), standard.BaselineMomentum),
            file.Optional("constraint", n => n.OneOf(Constraints), standard.IsRewardShaped),
            file.Optional("beta", n => n.Number(-1e6, -1e-9), standard.Beta),
            file.Optional("recommends", n => n.OneOf(Recommendations), standard.RecommendsBest));
    }
}
