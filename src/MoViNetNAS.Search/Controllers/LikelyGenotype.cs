using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>A genotype, how likely the policy draws it, and its cost.</summary>
/// <param name="Genotype">The genotype.</param>
/// <param name="LogProbability">Natural logarithm of its probability.</param>
/// <param name="Cost">Its cost.</param>
public sealed record LikelyGenotype(Genotype Genotype, double LogProbability, Cost Cost);
