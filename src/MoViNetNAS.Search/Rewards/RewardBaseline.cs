using System.Text.Json.Serialization;

namespace MoViNetNAS.Search;

/// <summary>The reward expected now: an exponential moving average without the pull towards its zero start.</summary>
/// <remarks>numerator = mu numerator + (1 - mu) x, denominator = mu denominator + (1 - mu), b = numerator / denominator. The current
/// reward is already in it when the advantage r - b is formed. Source: google-research/tunas 0c1bbe5, reward EMA (mu = 0.95).</remarks>
/// <param name="Momentum">mu, in [0, 1).</param>
/// <param name="Numerator">Weighted sum of the rewards so far.</param>
/// <param name="Denominator">Sum of the weights.</param>
public sealed record RewardBaseline(double Momentum, double Numerator = 0, double Denominator = 0)
{
    /// <summary>The average; 0 before the first reward.</summary>
    [JsonIgnore]
    public double Value => Denominator == 0 ? 0 : Numerator / Denominator;

    /// <summary>The baseline after <paramref name="reward"/>, the mean over a step's candidates.</summary>
    public RewardBaseline Include(double reward) => this with
    {
        Numerator = Momentum * Numerator + (1 - Momentum) * reward,
        Denominator = Momentum * Denominator + (1 - Momentum),
    };
}
