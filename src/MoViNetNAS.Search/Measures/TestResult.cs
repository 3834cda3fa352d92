namespace MoViNetNAS.Search;

/// <summary>The outcome of a statistical test.</summary>
/// <param name="Statistic">The test's statistic, which its method names.</param>
/// <param name="P">Probability, without a difference, of a statistic at least as far out; in (0, 1].</param>
/// <param name="IsExact">Whether <paramref name="P"/> counts all cases; otherwise it is an approximation or from drawn cases.</param>
/// <param name="Count">Values, or pairs, that the test used.</param>
public sealed record TestResult(double Statistic, double P, bool IsExact, int Count);
