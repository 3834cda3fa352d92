namespace MoViNetNAS.Reporting;

/// <summary>What a memory plot shows.</summary>
/// <param name="Title">Title; none when empty.</param>
/// <param name="Series">A line each.</param>
public sealed record MemoryFigure(string Title, IReadOnlyList<MemorySeries> Series)
{
    /// <summary>At the height of what memory was measured; for the label of the vertical axis.</summary>
    public string Work { get; init; } = "inference";
}
