using System.Collections.Immutable;

namespace MoViNetNAS.Search;

/// <summary>One training from scratch in a tabular benchmark.</summary>
/// <param name="Seed">Of weights, batches and dropped units.</param>
/// <param name="Score">Top-1 on the score split after each epoch, in [0, 1].</param>
/// <param name="Test">Top-1 on the test split after the last epoch, in [0, 1].</param>
/// <param name="Seconds">Of the training on the machine that built the table, without the scoring.</param>
public sealed record TabularTraining(ulong Seed, ImmutableArray<double> Score, double Test, double Seconds);
