using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>What a strategy wants evaluated.</summary>
/// <param name="Genotype">The architecture.</param>
/// <param name="Epochs">How long it is trained before it is scored, at least 1; a genotype that was trained before goes on from there.</param>
public sealed record Proposal(Genotype Genotype, int Epochs);
