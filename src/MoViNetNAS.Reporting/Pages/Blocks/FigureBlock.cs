namespace MoViNetNAS.Reporting;

/// <summary>A figure.</summary>
/// <param name="Id">Name of the anchor and of the files: lower-case letters, digits and hyphens, different for each figure of a page.</param>
/// <param name="Caption">What it shows, a text with marks.</param>
/// <param name="Command">The command that draws it again.</param>
/// <param name="Drawing">The figure; the page disposes it.</param>
public sealed record FigureBlock(string Id, string Caption, string Command, Figure Drawing) : ReportBlock
{
    /// <inheritdoc/>
    public override IEnumerable<string> Texts => [Caption];
}
