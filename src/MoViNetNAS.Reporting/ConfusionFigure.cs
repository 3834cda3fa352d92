namespace MoViNetNAS.Reporting;

/// <summary>What a confusion matrix shows.</summary>
/// <param name="Title">Title; none when empty.</param>
/// <param name="Classes">Names of the classes.</param>
/// <param name="Clips">Number of clips by true class, then by predicted class.</param>
public sealed record ConfusionFigure(string Title, IReadOnlyList<string> Classes, IReadOnlyList<IReadOnlyList<int>> Clips);
