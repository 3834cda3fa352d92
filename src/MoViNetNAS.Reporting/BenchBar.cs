namespace MoViNetNAS.Reporting;

/// <summary>One ratio of a comparison.</summary>
/// <param name="Label">What was compared.</param>
/// <param name="Series">Which of the comparison's series it belongs to, for example "forward"; the legend names it.</param>
/// <param name="Ratio">The rival's time over ours: above 1 we are faster. Above 0.</param>
public sealed record BenchBar(string Label, string Series, double Ratio);
