using MoViNetNAS.Search;

namespace MoViNetNAS.Reporting;

/// <summary>The trials of one run in a Pareto plot. Trials of warm-up steps are left out: their quality is not the genotype's alone.</summary>
/// <param name="Name">Name in the legend.</param>
/// <param name="Front">Trials that no other dominates.</param>
/// <param name="Dominated">The other trials.</param>
public sealed record ParetoSeries(string Name, IReadOnlyList<Trial> Front, IReadOnlyList<Trial> Dominated);
