namespace MoViNetNAS.Cli.Bench;

/// <summary>The fastest or slowest network that a table was tried on.</summary>
/// <param name="Genotype">The network.</param>
/// <param name="MeasuredMs">Milliseconds of a frame, measured.</param>
/// <param name="PredictedMs">What the table says.</param>
internal sealed record LatencyExtreme(string Genotype, double MeasuredMs, double PredictedMs);
