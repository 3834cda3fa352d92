namespace MoViNetNAS.Search;

/// <summary>An option of a decision and how likely the policy takes it.</summary>
/// <param name="Option">As a person reads it: "5x3x3", "24", "on".</param>
/// <param name="Probability">In [0, 1].</param>
public sealed record OptionProbability(string Option, double Probability);
