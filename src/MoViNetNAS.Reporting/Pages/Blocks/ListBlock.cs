namespace MoViNetNAS.Reporting;

/// <summary>A list of sentences.</summary>
/// <param name="Items">Texts with marks; at least one.</param>
/// <param name="IsWarning">Whether readers must not miss them.</param>
public sealed record ListBlock(IReadOnlyList<string> Items, bool IsWarning = false) : ReportBlock
{
    /// <inheritdoc/>
    public override IEnumerable<string> Texts => Items;
}
