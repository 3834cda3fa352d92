namespace MoViNetNAS.Reporting;

/// <summary>How costs are spread over drawn architectures.</summary>
/// <param name="Name">What they were drawn from.</param>
/// <param name="Mean">The mean.</param>
/// <param name="Low">5 % are below.</param>
/// <param name="Lower">A quarter is below.</param>
/// <param name="Median">Half are below.</param>
/// <param name="Upper">A quarter is above.</param>
/// <param name="High">5 % are above.</param>
public sealed record CostDistribution(string Name, double Mean, double Low, double Lower, double Median, double Upper, double High)
{
    /// <summary>The spread of <paramref name="costs"/>, at least one; quantiles lie on straight lines between neighbours.</summary>
    public static CostDistribution Of(string name, IEnumerable<double> costs)
    {
        double[] sorted = [.. costs.Order()];
        ArgumentOutOfRangeException.ThrowIfZero(sorted.Length, nameof(costs));
        double At(double share)
        {
            double place = share * (sorted.Length - 1);
            int below = (int)place;
            return sorted[below] + (place - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]);
        }

        return new CostDistribution(name, sorted.Average(), At(0.05), At(0.25), At(0.5), At(0.75), At(0.95));
    }
}
