using System.Text.Json;

namespace MoViNetNAS.Search;

/// <summary>How this room writes and reads JSON.</summary>
internal static class SearchJson
{
    /// <summary>Numbers are written so that they are read back bit for bit; unknown, doubled and missing keys are errors.</summary>
    public static JsonSerializerOptions Strict { get; } =
        new(JsonSerializerOptions.Strict) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true };
}
