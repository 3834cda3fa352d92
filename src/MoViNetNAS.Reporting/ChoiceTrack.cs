using MoViNetNAS.Spaces;

namespace MoViNetNAS.Reporting;

/// <summary>How probable one option of a decision was over a search.</summary>
/// <param name="Path">The decision, "block2/layer1/kernel".</param>
/// <param name="Tag">What it is about.</param>
/// <param name="Option">The option, "5x3x3".</param>
/// <param name="Probabilities">In [0, 1], one for each step of the figure.</param>
public sealed record ChoiceTrack(string Path, DecisionTag Tag, string Option, IReadOnlyList<double> Probabilities);
