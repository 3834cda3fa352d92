using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>Reads an objective off a cost.</summary>
public static class CostObjectives
{
    /// <summary>The objectives by the names that configuration files use.</summary>
    public static IReadOnlyDictionary<string, CostObjective> ByName { get; } = new Dictionary<string, CostObjective>
    {
        ["macs"] = CostObjective.Macs,
        ["macsPerFrame"] = CostObjective.MacsPerFrame,
        ["parameters"] = CostObjective.Parameters,
        ["streamStateBytes"] = CostObjective.StreamStateBytes,
        ["peakActivationBytes"] = CostObjective.PeakActivationBytes,
        ["latencyMs"] = CostObjective.LatencyMs,
    };

    /// <summary>The name of <paramref name="objective"/> in configuration files.</summary>
    public static string NameOf(CostObjective objective) => ByName.First(pair => pair.Value == objective).Key;

    // Counts are whole; milliseconds of a frame are often below 1.
    internal static double LeastTarget(CostObjective objective) => objective == CostObjective.LatencyMs ? 1e-6 : 1;

    internal const double MostTarget = 1e18;

    /// <summary>The value of <paramref name="objective"/> in <paramref name="cost"/>.</summary>
    /// <exception cref="InputException">Milliseconds are asked for, and the cost was counted without a table of them.</exception>
    public static double Of(this Cost cost, CostObjective objective) => objective switch
    {
        CostObjective.Macs => cost.Macs,
        CostObjective.MacsPerFrame => cost.MacsPerFrame,
        CostObjective.Parameters => cost.TrainableParameters,
        CostObjective.StreamStateBytes => cost.StreamStateBytes,
        CostObjective.PeakActivationBytes => cost.PeakActivationBytes,
        CostObjective.LatencyMs => cost.LatencyMs
            ?? throw new InputException("there are no milliseconds: the costs were counted without a latency table, which `movinet bench latency --space FILE` measures."),
        _ => throw new ArgumentOutOfRangeException(nameof(objective), objective, "not an objective"),
    };
}
