using MoViNetNAS.Spaces;

namespace MoViNetNAS.Reporting;

/// <summary>What a heat map of entropies shows.</summary>
/// <param name="Title">Title; none when empty.</param>
/// <param name="Steps">Search steps, rising.</param>
/// <param name="Tracks">Decisions with several options.</param>
public sealed record EntropyFigure(string Title, IReadOnlyList<int> Steps, IReadOnlyList<EntropyTrack> Tracks)
{
    /// <summary>From the steps of a <c>controller.csv</c>.</summary>
    /// <param name="title">Title; none when empty.</param>
    /// <param name="space">The space that was searched.</param>
    /// <param name="steps">The steps.</param>
    /// <exception cref="InputException">They have other decisions than the space.</exception>
    public static EntropyFigure Of(string title, SearchSpace space, IReadOnlyList<ControllerStep> steps)
    {
        if (steps.FirstOrDefault(step => step.DecisionEntropies.Count != space.Decisions.Length) is { } other)
            throw new InputException($"step {other.Step} has entropies of {other.DecisionEntropies.Count} decisions, space '{space.Name}' has {space.Decisions.Length}.");
        return new EntropyFigure(title, [.. steps.Select(step => step.Step)],
        [
            .. space.Decisions.Select((decision, i) => (Decision: decision, Index: i)).Where(one => one.Decision.OptionCount > 1).Select(one => new EntropyTrack(
                one.Decision.Path, one.Decision.Tag, one.Decision.OptionCount, [.. steps.Select(step => step.DecisionEntropies[one.Index])])),
        ]);
    }
}
