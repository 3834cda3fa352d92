using System.Collections.Immutable;

namespace MoViNetNAS.Search;

/// <summary>One training from scratch in a tabular benchmark.</summary>
/// <param name="Seed">Of weights, batches and dropped units.</param>
/// <param name="Scores">Top-1 on the score split after each of <see cref="TabularRecipe.Epochs"/>, in [0, 1].</param>
/// <param name="Test">Top-1 on the test split after the last epoch, in [0, 1].</param>
/// <param name="Seconds">Of the training, without the scoring, on the machine that built the table.</param>
public sealed record TabularTraining(ulong Seed, ImmutableArray<double> Scores, double Test, double Seconds);
