namespace MoViNetNAS.Reporting;

/// <summary>A paragraph.</summary>
/// <param name="Text">Its text, with marks.</param>
public sealed record ParagraphBlock(string Text) : ReportBlock
{
    /// <inheritdoc/>
    public override IEnumerable<string> Texts => [Text];
}
