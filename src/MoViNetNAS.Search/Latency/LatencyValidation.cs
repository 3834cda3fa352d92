namespace MoViNetNAS.Search;

/// <summary>How well a table tells the time of networks it was not fitted on.</summary>
/// <param name="Networks">Measured networks.</param>
/// <param name="R2">Share of the variance of their times that the table explains: 1 - residual / total sum of squares.</param>
/// <param name="MeanError">Mean of |predicted - measured| / measured; 0.05 is 5 %.</param>
/// <param name="MeanErrorMs">Mean of |predicted - measured|, in milliseconds.</param>
/// <param name="FastestMs">The fastest measured.</param>
/// <param name="SlowestMs">The slowest measured.</param>
public sealed record LatencyValidation(int Networks, double R2, double MeanError, double MeanErrorMs, double FastestMs, double SlowestMs);
