using MoViNetNAS.Spaces;

namespace MoViNetNAS.Reporting;

/// <summary>How undecided one decision was over a search.</summary>
/// <param name="Path">The decision, "block2/layer1/kernel".</param>
/// <param name="Tag">What it is about.</param>
/// <param name="Options">Number of its options, at least 2.</param>
/// <param name="Entropies">In nats, one for each step of the figure.</param>
public sealed record EntropyTrack(string Path, DecisionTag Tag, int Options, IReadOnlyList<double> Entropies);
