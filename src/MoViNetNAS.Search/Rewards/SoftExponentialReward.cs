namespace MoViNetNAS.Search;

/// <summary>r = Q (T / T0)^beta: rewards being under the target too, so beta alone says where the search lands.</summary>
/// <remarks>Source: MnasNet (arXiv 1807.11626), equation 2 with alpha = beta; google-research/tunas 0c1bbe5, <c>mnas</c>.</remarks>
/// <param name="Target">T0, above 0, in the unit of the cost.</param>
/// <param name="Beta">Below 0.</param>
public sealed record SoftExponentialReward(double Target, double Beta) : IReward
{
    /// <inheritdoc/>
    public double Score(double quality, double cost) => quality * Math.Pow(cost / Target, Beta);
}
