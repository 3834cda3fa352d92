namespace MoViNetNAS.Search;

/// <summary>A straight line that was fitted: milliseconds = <paramref name="Ms"/> + <paramref name="Slope"/> x.</summary>
/// <param name="Ms">At x = 0.</param>
/// <param name="Slope">Milliseconds for each unit of x.</param>
public sealed record LatencyLine(double Ms, double Slope)
{
    /// <summary>The line's value at <paramref name="x"/>, never below 0.</summary>
    public double At(double x) => Math.Max(0, Ms + Slope * x);
}
