namespace MoViNetNAS.Cli.Output;

/// <summary>Texts in CSV files (RFC 4180).</summary>
internal static class CsvCell
{
    /// <summary>The text in quotation marks, its own doubled.</summary>
    public static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
