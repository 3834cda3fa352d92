using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>What a strategy is to solve.</summary>
/// <param name="Space">What is chosen from.</param>
/// <param name="Costs">Costs of its genotypes.</param>
/// <param name="Objective">The cost of the trade-off, for strategies that look for a front.</param>
/// <param name="Feasible">What may be chosen.</param>
/// <param name="MostEpochs">The longest training of one genotype, at least 1.</param>
/// <param name="Seed">Root of the strategy's randomness.</param>
public sealed record StrategyProblem(SearchSpace Space, CostTable Costs, CostObjective Objective, FeasibleSet Feasible, int MostEpochs, RandomStream Seed);
