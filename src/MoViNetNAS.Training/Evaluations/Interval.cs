namespace MoViNetNAS.Training;

/// <summary>Where a measure lies with 95 % confidence.</summary>
/// <param name="Low">2.5 % of the resampled values are below.</param>
/// <param name="High">2.5 % are above.</param>
public sealed record Interval(double Low, double High);
