namespace MoViNetNAS.Search;

/// <summary>r = Q min((T / T0)^beta, 1): flat below the target.</summary>
/// <remarks>Source: MnasNet (arXiv 1807.11626), equation 2 with alpha = 0; google-research/tunas 0c1bbe5, <c>mnas_hard</c>.</remarks>
/// <param name="Target">T0, above 0, in the unit of the cost.</param>
/// <param name="Beta">Below 0.</param>
public sealed record HardExponentialReward(double Target, double Beta) : IReward
{
    /// <inheritdoc/>
    public double Score(double quality, double cost) => quality * Math.Min(Math.Pow(cost / Target, Beta), 1);
}
