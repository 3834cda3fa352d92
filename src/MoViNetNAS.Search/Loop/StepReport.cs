using System.Collections.Immutable;

namespace MoViNetNAS.Search;

/// <summary>What happened in a search step.</summary>
/// <param name="Step">The step, from 0.</param>
/// <param name="Steps">Steps of the whole search.</param>
/// <param name="Trials">One for each candidate.</param>
/// <param name="TrainingLoss">Mean loss of the weight step.</param>
/// <param name="MeanQuality">Over the candidates.</param>
/// <param name="MeanReward">Over the candidates.</param>
/// <param name="MeanCostRatio">Cost over target, of the trained paths; 1 is on target.</param>
/// <param name="Baseline">Moving average of the rewards, this step's included.</param>
/// <param name="AdvantageStd">Population standard deviation of reward - baseline over the candidates.</param>
/// <param name="LearningRate">The controller's; 0 while it waits.</param>
/// <param name="WarmUpProbability">Chance that a decision was replaced.</param>
/// <param name="MeanEntropy">After the step, in nats, over the decisions with more than one option.</param>
/// <param name="MeanNormalizedEntropy">As <paramref name="MeanEntropy"/>, each divided by its ln n: 1 is uniform, 0 decided.</param>
/// <param name="EntropyByDecision">After the step, in nats, in the order of the space's decisions.</param>
/// <param name="Controller">After the step: every logit, for those who log them.</param>
public sealed record StepReport(
    int Step, int Steps, ImmutableArray<Trial> Trials, double TrainingLoss, double MeanQuality, double MeanReward, double MeanCostRatio,
    double Baseline, double AdvantageStd, double LearningRate, double WarmUpProbability, double MeanEntropy,
    double MeanNormalizedEntropy, ImmutableArray<double> EntropyByDecision, ControllerState Controller)
{
    /// <summary>Cost over target of the trained paths for each cost term, the main one first.</summary>
    public ImmutableArray<double> MeanCostRatios { get; init; } = [MeanCostRatio];

    /// <summary>Draws that the step's candidates took; more than the candidates where infeasible ones were drawn again.</summary>
    public int Draws { get; init; } = Trials.Length;

    /// <summary>P(V), the estimated share of the policy's draws that may be chosen; null where draws are not rejected.</summary>
    public double? FeasibleShare { get; init; }
}
