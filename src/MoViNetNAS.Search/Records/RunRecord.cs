using System.Text.Json.Serialization;

namespace MoViNetNAS.Search;

/// <summary>Everything needed to know what a search run was, and to do it again.</summary>
/// <param name="Name">Unique name, also the folder under <c>results/</c>.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="StartedUtc">When it began.</param>
/// <param name="FinishedUtc">When it ended; null while it has not.</param>
/// <param name="Command">The command line.</param>
/// <param name="Configuration">The resolved configuration, JSON.</param>
/// <param name="SpaceName">Name of the search space.</param>
/// <param name="SpaceHash">Hash of the search space; genotypes are refused under another.</param>
/// <param name="Space">Text of the space file.</param>
/// <param name="SplitHash">Hash of the data splits.</param>
/// <param name="Algorithm">"tunas" or "random".</param>
/// <param name="Objective">Which cost is the target's.</param>
/// <param name="Target">Target of that cost.</param>
/// <param name="Seed">Root of all randomness.</param>
/// <param name="Versions">Code and library versions, "MoViNetNAS 0.1.0; TorchSharp 0.107.0; ...".</param>
/// <param name="Machine">Device, threads, processor, system.</param>
/// <param name="MostProbable">Genotype of the controller's argmax; null until the end.</param>
/// <param name="MostProbableFeasible">Most probable genotype within the tolerance of the target; null until the end, or when there is none.</param>
/// <param name="Failure">Why it failed; null otherwise.</param>
public sealed record RunRecord(
    string Name, RunStatus Status, DateTimeOffset StartedUtc, DateTimeOffset? FinishedUtc, string Command, string Configuration,
    string SpaceName, string SpaceHash, string Space, string SplitHash, string Algorithm, CostObjective Objective, double Target,
    ulong Seed, string Versions, string Machine, string? MostProbable, string? MostProbableFeasible, string? Failure)
{
    /// <summary>What the run came to, bit for bit; null until the end, and in records from before it was kept.</summary>
    public RunFingerprints? Fingerprints { get; init; }

    /// <summary>Text of the file of measured milliseconds that costs were made of; null when none was used, and in records from before it was kept.</summary>
    public string? Latency { get; init; }

    /// <summary>Classes that its networks told apart, at least 2; null in records from before it was kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] // exported records from before stay as they are
    public int? Classes { get; init; }
}
