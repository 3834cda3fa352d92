namespace MoViNetNAS.Cli.Reports;

/// <summary>Names as parts of anchors and file names.</summary>
internal static class Slug
{
    /// <summary>Lower-case letters, digits and hyphens.</summary>
    public static string Of(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-'));
}
