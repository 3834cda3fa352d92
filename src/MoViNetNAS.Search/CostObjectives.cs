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
    };

    /// <summary>The value of <paramref name="objective"/> in <paramref name="cost"/>.</summary>
    public static long Of(this Cost cost, CostObjective objective) => objective switch
    {
        CostObjective.Macs => cost.Macs,
        CostObjective.MacsPerFrame => cost.MacsPerFrame,
        CostObjective.Parameters => cost.TrainableParameters,
        CostObjective.StreamStateBytes => cost.StreamStateBytes,
        CostObjective.PeakActivationBytes => cost.PeakActivationBytes,
        _ => throw new ArgumentOutOfRangeException(nameof(objective), objective, "not an objective"),
    };
}
