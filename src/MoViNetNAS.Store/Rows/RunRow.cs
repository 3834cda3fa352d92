using MoViNetNAS.Search;

namespace MoViNetNAS.Store.Rows;

/// <summary>A run as it lies in the file.</summary>
internal sealed class RunRow : NamedRow
{
    public string Status { get; set; } = "";
    public string Started { get; set; } = "";
    public string? Finished { get; set; }
    public string Command { get; set; } = "";
    public string Configuration { get; set; } = "";
    public string SpaceName { get; set; } = "";
    public string SpaceHash { get; set; } = "";
    public string Space { get; set; } = "";
    public string SplitHash { get; set; } = "";
    public string Algorithm { get; set; } = "";
    public string Objective { get; set; } = "";
    public double Target { get; set; }
    public long Seed { get; set; }
    public string Versions { get; set; } = "";
    public string Machine { get; set; } = "";
    public string? MostProbable { get; set; }
    public string? MostProbableFeasible { get; set; }
    public string? Failure { get; set; }

    // Missing in files from before they were kept.
    public string? Trials { get; set; }
    public string? Logits { get; set; }
    public string? Weights { get; set; }
    public string? Latency { get; set; }
    public int? Classes { get; set; }

    public static RunRow Of(RunRecord run, int number) => new()
    {
        Number = number,
        Name = run.Name,
        Status = run.Status.ToString(),
        Started = Instant.Text(run.StartedUtc),
        Finished = run.FinishedUtc is { } finished ? Instant.Text(finished) : null,
        Command = run.Command,
        Configuration = run.Configuration,
        SpaceName = run.SpaceName,
        SpaceHash = run.SpaceHash,
        Space = run.Space,
        SplitHash = run.SplitHash,
        Algorithm = run.Algorithm,
        Objective = run.Objective.ToString(),
        Target = run.Target,
        Seed = unchecked((long)run.Seed), // the same 64 bits: BSON has no unsigned number
        Versions = run.Versions,
        Machine = run.Machine,
        MostProbable = run.MostProbable,
        MostProbableFeasible = run.MostProbableFeasible,
        Failure = run.Failure,
        Trials = run.Fingerprints?.Trials,
        Logits = run.Fingerprints?.Logits,
        Weights = run.Fingerprints?.Weights,
        Latency = run.Latency,
        Classes = run.Classes,
    };

    public RunRecord ToRecord() => new(
        Name, Enum.Parse<RunStatus>(Status), Instant.Parse(Started), Finished is null ? null : Instant.Parse(Finished), Command,
        Configuration, SpaceName, SpaceHash, Space, SplitHash, Algorithm, Enum.Parse<CostObjective>(Objective), Target,
        unchecked((ulong)Seed), Versions, Machine, MostProbable, MostProbableFeasible, Failure)
    {
        Fingerprints = Trials is null || Logits is null || Weights is null ? null : new RunFingerprints(Trials, Logits, Weights),
        Latency = Latency,
        Classes = Classes,
    };
}
