using System.Collections.Immutable;

namespace MoViNetNAS.Search;

/// <summary>An architecture that was drawn uniformly and scored before the controller learned.</summary>
/// <param name="Step">The step it was scored in: its clips and its weights were those of all others of the step.</param>
/// <param name="Quality">Top-1 of the trained path, in [0, 1].</param>
/// <param name="Ratios">Cost over target of the trained path, for each cost term.</param>
public sealed record SlopeSample(int Step, double Quality, ImmutableArray<double> Ratios);
