using MoViNetNAS.Search;

namespace MoViNetNAS.Reporting;

/// <summary>Names and numbers of costs as readers see them.</summary>
public static class ObjectiveText
{
    private static readonly (double Factor, string Suffix)[] Suffixes = [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")];

    /// <summary>Label of an axis or a column, with its unit.</summary>
    public static string Label(CostObjective objective) => objective switch
    {
        CostObjective.Macs => "Multiply-adds per clip",
        CostObjective.MacsPerFrame => "Multiply-adds per frame",
        CostObjective.Parameters => "Trainable parameters",
        CostObjective.StreamStateBytes => "Stream state (bytes)",
        CostObjective.PeakActivationBytes => "Peak activation (bytes)",
        CostObjective.LatencyMs => "Milliseconds per frame",
        _ => throw new ArgumentOutOfRangeException(nameof(objective), objective, "not an objective"),
    };

    /// <summary>A number with three digits and a decimal suffix: 2.71 G, 300 k.</summary>
    public static string Short(double value) => Scaled(value, " ");

    /// <summary>The same without a space and without trailing zeros, for the ticks of an axis.</summary>
    internal static string Tick(double value) => Scaled(value, "");

    private static string Scaled(double value, string space)
    {
        foreach (var (factor, suffix) in Suffixes)
        {
            // 999.6 k is shown as 1 M, not as 1000 k.
            if (Math.Abs(value) >= 0.9995 * factor) return Digits(value / factor) + space + suffix;
        }

        return Digits(value);
    }

    private static string Digits(double value) => value.ToString(Math.Abs(value) switch
    {
        >= 99.95 => "0",
        >= 9.995 => "0.#",
        >= 0.9995 or 0 => "0.##",
        _ => "G3", // milliseconds of small networks
    });
}
