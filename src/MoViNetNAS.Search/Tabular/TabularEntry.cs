using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>An architecture of a tabular benchmark.</summary>
/// <param name="Genotype">Of the benchmark's space.</param>
/// <param name="Cost">Its cost.</param>
/// <param name="Trainings">One for each seed, in the order of the seeds.</param>
public sealed record TabularEntry(Genotype Genotype, Cost Cost, ImmutableArray<TabularTraining> Trainings)
{
    /// <summary>Test accuracy over all seeds: what the architecture is worth.</summary>
    public double MeanTest => Trainings.Average(training => training.Test);

    /// <summary>Score of the last epoch over all seeds.</summary>
    public double MeanScore => Trainings.Average(training => training.Score[^1]);
}
