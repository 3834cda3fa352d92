namespace MoViNetNAS.Reporting;

/// <summary>What an anytime plot shows.</summary>
/// <param name="Title">Title; none when empty.</param>
/// <param name="ComputeLabel">Label of the horizontal axis with its unit, such as "Evaluated architectures".</param>
/// <param name="ValueLabel">Label of the vertical axis, such as "Hypervolume".</param>
/// <param name="Series">The methods.</param>
public sealed record AnytimeFigure(string Title, string ComputeLabel, string ValueLabel, IReadOnlyList<AnytimeSeries> Series)
{
    /// <summary>Whether the values are fractions to show in percent.</summary>
    public bool IsPercent { get; init; }

    /// <summary>Whether the horizontal axis is logarithmic; the compute must then be above 0.</summary>
    public bool IsLogarithmic { get; init; }
}
