using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>An architecture of a tabular benchmark.</summary>
/// <param name="Genotype">Of the benchmark's space.</param>
/// <param name="Cost">Its cost.</param>
/// <param name="Trainings">One for each of <see cref="TabularRecipe.Seeds"/>, in their order.</param>
public sealed record TabularEntry(Genotype Genotype, Cost Cost, ImmutableArray<TabularTraining> Trainings)
{
    /// <summary>Test accuracy over all seeds: what the architecture is worth.</summary>
    public double MeanTest => Trainings.Average(training => training.Test);

    /// <summary>Score at the end over all seeds.</summary>
    public double MeanScore => Trainings.Average(training => training.Scores[^1]);
}
