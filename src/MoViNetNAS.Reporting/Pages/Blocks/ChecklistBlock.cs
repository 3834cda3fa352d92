namespace MoViNetNAS.Reporting;

/// <summary>Questions about a study, answered from its records.</summary>
/// <param name="Items">At least one.</param>
public sealed record ChecklistBlock(IReadOnlyList<ChecklistItem> Items) : ReportBlock
{
    /// <inheritdoc/>
    public override IEnumerable<string> Texts => Items.SelectMany(item => new[] { item.Question, item.Evidence });
}
