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

    /// <summary><paramref name="evaluations"/>, the preferred first; equals in their order.</summary>
    public static IEnumerable<Evaluation> Preferred(this IReadOnlyList<Evaluation> evaluations, ParentSelection selection, CostObjective objective) =>
        selection == ParentSelection.Top
            ? evaluations.OrderByDescending(evaluation => evaluation.Quality)
            : ParetoOrder.Of([.. evaluations.Select(evaluation => ImmutableArray.Create(evaluation.Cost.Of(objective), 1 - evaluation.Quality))])
                .Select(i => evaluations[i]);
}
