namespace MoViNetNAS.Search;

/// <summary>r = Q + beta |T / T0 - 1|: the peak is at the target, from both sides. TuNAS's own reward.</summary>
/// <remarks>It holds the target exactly when |beta| exceeds the slope dQ/d(T/T0) there. Source: TuNAS (arXiv 2008.06120), section
/// on the absolute reward function; google-research/tunas 0c1bbe5, <c>abs</c>.</remarks>
/// <param name="Target">T0, above 0, in the unit of the cost.</param>
/// <param name="Beta">Below 0; the published searches use -0.10.</param>
public sealed record AbsoluteReward(double Target, double Beta) : IReward
{
    /// <inheritdoc/>
    public double Score(double quality, double cost) => quality + Beta * Math.Abs(cost / Target - 1);
}
