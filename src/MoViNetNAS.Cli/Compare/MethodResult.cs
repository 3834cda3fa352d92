using System.Collections.Immutable;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Compare;

/// <summary>What one search of one method came to.</summary>
/// <param name="Method">Name of the method.</param>
/// <param name="Seed">Of the search.</param>
/// <param name="Genotype">The architecture it chose; null when it found none that may be chosen.</param>
/// <param name="Cost">Its cost; null likewise.</param>
/// <param name="Test">Its test accuracy when trained from scratch, in [0, 1], or the reward of that where a comparison has a beta; null likewise.</param>
/// <param name="TrainedClips">Clips that the search passed forward and back; of a table, those that its trainings took.</param>
/// <param name="ScoredClips">Clips that it only passed forward to score architectures, where that was counted.</param>
/// <param name="Seconds">Its time; on a table the time that its trainings took when the table was built.</param>
/// <param name="Curve">How the best so far came about; empty where a search has no such curve.</param>
internal sealed record MethodResult(
    string Method, ulong Seed, Genotype? Genotype, Cost? Cost, double? Test, long TrainedClips, long ScoredClips, double Seconds,
    ImmutableArray<MethodPoint> Curve)
{
    /// <summary>On a table: cost and test accuracy of everything that it had evaluated.</summary>
    public IReadOnlyList<(double Cost, double Quality)> Evaluated { get; init; } = [];
}
