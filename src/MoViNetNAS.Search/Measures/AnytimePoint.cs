namespace MoViNetNAS.Search;

/// <summary>Curves of several seeds at one amount of compute.</summary>
/// <param name="Compute">The amount.</param>
/// <param name="Values">Number, mean, deviation and 95 % half-width of the seeds' values.</param>
/// <param name="Lowest">The least of them.</param>
/// <param name="Highest">The largest of them.</param>
public sealed record AnytimePoint(double Compute, SampleSummary Values, double Lowest, double Highest);
