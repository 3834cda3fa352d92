namespace MoViNetNAS.Cli.Runs;

/// <summary>An architecture that a search points out; quality is top-1 with shared weights on the whole held-out split.</summary>
internal sealed record SummaryPick(string Genotype, double Cost, double CostRatio, double Quality, long Parameters)
{
    /// <summary>Its costs of further terms and limits, by name; null when the search had none.</summary>
    public IReadOnlyDictionary<string, double>? Further { get; init; }
}
