namespace MoViNetNAS.Reporting;

/// <summary>What the curves of a search show.</summary>
/// <param name="Title">Title; none when empty.</param>
/// <param name="Steps">The steps, by rising number.</param>
public sealed record CurvesFigure(string Title, IReadOnlyList<ControllerStep> Steps);
