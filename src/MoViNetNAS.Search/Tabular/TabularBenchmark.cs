using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>Every architecture of a small space with its trainings: searches are replayed on it in seconds.</summary>
public sealed class TabularBenchmark
{
    private readonly Dictionary<Genotype, TabularEntry> _byGenotype;

    /// <param name="recipe">How it was made.</param>
    /// <param name="space">The space, all of it.</param>
    /// <param name="variant">How its networks are built.</param>
    /// <param name="classes">Outputs of their classifier.</param>
    /// <param name="entries">One for each architecture, in the order of <see cref="SpaceEnumeration"/>.</param>
    /// <exception cref="InputException">An architecture or a training is missing.</exception>
    public TabularBenchmark(TabularRecipe recipe, SearchSpace space, NetworkVariant variant, int classes, ImmutableArray<TabularEntry> entries)
    {
        (Recipe, Space, Variant, Classes, Entries) = (recipe, space, variant, classes, entries);
        _byGenotype = entries.ToDictionary(entry => entry.Genotype);
        if (_byGenotype.Count != space.ArchitectureCount)
            throw new InputException($"benchmark '{recipe.Name}' has {_byGenotype.Count} of the {space.ArchitectureCount} architectures of space '{space.Name}'.");
        foreach (var entry in entries)
        {
            if (!entry.Trainings.Select(training => training.Seed).SequenceEqual(recipe.Seeds) || entry.Trainings.Any(training => training.Scores.Length != recipe.Epochs.Length))
                throw new InputException($"benchmark '{recipe.Name}': architecture {entry.Genotype} does not have one training for each of the seeds {string.Join(", ", recipe.Seeds)}.");
        }
    }

    /// <summary>How it was made.</summary>
    public TabularRecipe Recipe { get; }

    /// <summary>The space, all of which is in the table.</summary>
    public SearchSpace Space { get; }

    /// <summary>How its networks are built.</summary>
    public NetworkVariant Variant { get; }

    /// <summary>Outputs of their classifier.</summary>
    public int Classes { get; }

    /// <summary>The architectures, in the order of <see cref="SpaceEnumeration"/>.</summary>
    public ImmutableArray<TabularEntry> Entries { get; }

    /// <summary>The entry of <paramref name="genotype"/>.</summary>
    public TabularEntry this[Genotype genotype] => _byGenotype[genotype];

    /// <summary>Costs of its architectures.</summary>
    public CostTable Costs() => new(Space, Variant, Classes, Space.Definition.Input);
}
