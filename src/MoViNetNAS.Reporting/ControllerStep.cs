namespace MoViNetNAS.Reporting;

/// <summary>What the controller did in one search step.</summary>
/// <param name="Step">Number of the step.</param>
/// <param name="MeanQuality">Mean top-1 of the step's architectures, in [0, 1].</param>
/// <param name="MeanCostRatio">Mean of cost over target.</param>
/// <param name="MeanEntropy">Mean entropy of the decisions, in nats.</param>
/// <param name="MeanReward">Mean reward.</param>
/// <param name="DecisionEntropies">Entropy of each decision in nats, in the order of the space's decisions; empty when not recorded.</param>
public sealed record ControllerStep(
    int Step, double MeanQuality, double MeanCostRatio, double MeanEntropy, double MeanReward, IReadOnlyList<double> DecisionEntropies);
