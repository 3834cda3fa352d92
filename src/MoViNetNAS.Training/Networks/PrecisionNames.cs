using MoViNetNAS.Models;

namespace MoViNetNAS.Training;

/// <summary>What the precisions are called in files.</summary>
internal static class PrecisionNames
{
    /// <summary>Each by its name.</summary>
    public static IReadOnlyDictionary<string, Precision> All { get; } = new Dictionary<string, Precision>
    {
        ["float32"] = Precision.Float32,
        ["bfloat16"] = Precision.BFloat16,
    };

    /// <summary>The name of one.</summary>
    public static string Of(Precision precision) => All.First(entry => entry.Value == precision).Key;
}
