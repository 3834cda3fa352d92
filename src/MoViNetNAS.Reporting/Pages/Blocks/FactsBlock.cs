namespace MoViNetNAS.Reporting;

/// <summary>Names with values, such as seeds, versions and hashes.</summary>
/// <param name="Facts">Names, and values as texts with marks.</param>
public sealed record FactsBlock(IReadOnlyList<(string Name, string Value)> Facts) : ReportBlock
{
    /// <inheritdoc/>
    public override IEnumerable<string> Texts => Facts.Select(fact => fact.Value);
}
