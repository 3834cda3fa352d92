namespace MoViNetNAS.Reporting;

/// <summary>A number at a step.</summary>
/// <param name="TimeUtc">When it was known.</param>
/// <param name="Step">At which step.</param>
/// <param name="Tag">What it is, as "train/loss".</param>
/// <param name="Value">The number.</param>
public sealed record EventPoint(DateTimeOffset TimeUtc, long Step, string Tag, double Value);
