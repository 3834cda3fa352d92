using System.Collections.Immutable;

namespace MoViNetNAS.Search;

/// <summary>Names and orders of <see cref="ParentSelection"/>.</summary>
internal static class Selections
{
    /// <summary>The selections by the names that files use.</summary>
    public static IReadOnlyDictionary<string, ParentSelection> ByName { get; } =
        new Dictionary<string, ParentSelection> { ["top"] = ParentSelection.Top, ["nsga2"] = ParentSelection.Pareto };

    /// <summary>The name of <paramref name="selection"/> in files.</summary>
    public static string NameOf(ParentSelection selection) => ByName.First(pair => pair.Value == selection).Key;

    /// <summary><paramref name="observations"/>, the preferred first; equals in their order.</summary>
    public static IEnumerable<Observation> Preferred(this IReadOnlyList<Observation> observations, ParentSelection selection, CostObjective objective) =>
        selection == ParentSelection.Top
            ? observations.OrderByDescending(observation => observation.Quality)
            : ParetoOrder.Of([.. observations.Select(observation => ImmutableArray.Create(observation.Cost.Of(objective), 1 - observation.Quality))])
                .Select(i => observations[i]);
}
