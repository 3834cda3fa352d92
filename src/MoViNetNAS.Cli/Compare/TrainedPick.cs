using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Compare;

/// <summary>An architecture trained from scratch.</summary>
/// <param name="Genotype">Which.</param>
/// <param name="Score">Top-1 on the score split, in [0, 1].</param>
/// <param name="Test">Top-1 on the test split, in [0, 1].</param>
/// <param name="Seconds">Training and scoring.</param>
internal sealed record TrainedPick(Genotype Genotype, double Score, double Test, double Seconds);
