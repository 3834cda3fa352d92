using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>One architecture with shared weights and by itself.</summary>
/// <param name="Genotype">Which.</param>
/// <param name="Cost">Its cost.</param>
/// <param name="Shared">Top-1 with shared weights on the score split, in [0, 1].</param>
/// <param name="Alone">Top-1 on the test split when trained from scratch, one for each seed, at least one.</param>
public sealed record TrustedArchitecture(Genotype Genotype, Cost Cost, double Shared, ImmutableArray<double> Alone)
{
    /// <summary>Mean over the seeds.</summary>
    public double MeanAlone => Alone.Average();
}
