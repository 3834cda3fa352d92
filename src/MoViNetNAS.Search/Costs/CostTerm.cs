namespace MoViNetNAS.Search;

/// <summary>A cost in the reward, with the target it is held to.</summary>
/// <param name="Objective">Which cost.</param>
/// <param name="Target">T0, above 0; null ("median" in files) for the median of uniformly drawn architectures.</param>
/// <param name="Beta">Weight in the reward, below 0; null ("auto" in files) for what <see cref="BetaAdvice"/> recommends.</param>
/// <param name="Reward">Form of the term.</param>
public sealed record CostTerm(CostObjective Objective, double? Target, double? Beta, RewardType Reward);
