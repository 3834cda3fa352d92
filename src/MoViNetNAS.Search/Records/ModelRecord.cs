namespace MoViNetNAS.Search;

/// <summary>A trained network and where it came from.</summary>
/// <param name="Name">Unique name, also the folder under <c>results/</c>.</param>
/// <param name="Run">The search run its architecture was picked from; null for a released model.</param>
/// <param name="Architecture">Genotype of that run's space, or the released name.</param>
/// <param name="Variant">"base", "stream" or "causal".</param>
/// <param name="Checkpoint">Path of the weights.</param>
/// <param name="CreatedUtc">When training ended.</param>
/// <param name="Configuration">The resolved configuration, JSON.</param>
/// <param name="SplitHash">Hash of the data splits.</param>
/// <param name="Seed">Root of all randomness.</param>
/// <param name="Top1">Held-out top-1 in [0, 1].</param>
/// <param name="Clips">Clips it was measured on.</param>
/// <param name="Macs">Multiply-adds of a clip.</param>
public sealed record ModelRecord(
    string Name, string? Run, string Architecture, string Variant, string Checkpoint, DateTimeOffset CreatedUtc,
    string Configuration, string SplitHash, ulong Seed, double Top1, int Clips, long Macs)
{
    /// <summary>Classes that it tells apart, at least 2; null in records from before it was kept.</summary>
    public int? Classes { get; init; }
}
