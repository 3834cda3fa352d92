namespace MoViNetNAS.Reporting;

/// <summary>A table.</summary>
/// <param name="Id">Name of the anchor and of the files: lower-case letters, digits and hyphens, different for each table of a page.</param>
/// <param name="Caption">What it shows, a text with marks.</param>
/// <param name="Table">The table.</param>
public sealed record TableBlock(string Id, string Caption, TextTable Table) : ReportBlock
{
    /// <summary>Keys of columns that a page of paper has no room for.</summary>
    public IReadOnlyList<string> OnlyOnScreen { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<string> Texts => [Caption];
}
