namespace MoViNetNAS.Reporting;

/// <summary>What a plot of accuracy per frame shows.</summary>
/// <param name="Title">Title; none when empty.</param>
/// <param name="Series">The networks.</param>
public sealed record FrameAccuracyFigure(string Title, IReadOnlyList<FrameAccuracySeries> Series)
{
    /// <summary>Accuracy of a guess, in [0, 1], drawn as a dashed line; null for none.</summary>
    public double? Chance { get; init; }
}
