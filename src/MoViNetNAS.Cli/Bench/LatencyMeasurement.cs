using MoViNetNAS.Search;

namespace MoViNetNAS.Cli.Bench;

/// <summary>What <see cref="LatencyBench"/> found.</summary>
/// <param name="Table">The table, with what it is worth.</param>
/// <param name="MacsR2">What a line over multiply-adds of a frame would have explained of the same networks.</param>
/// <param name="Operations">Different operations that networks of the space can have.</param>
/// <param name="Measured">Of those, how many were measured; the rest is by the line of its part.</param>
/// <param name="FittingNetworks">Networks that they were measured in.</param>
/// <param name="Fastest">Of the networks that the table was tried on.</param>
/// <param name="Slowest">Likewise.</param>
/// <param name="SpeedRange">How much slower the processor was in its slow quarter of the rounds than in its fast one; 0.25 is 25 %. Times are scaled to its usual speed.</param>
/// <param name="Seconds">How long measuring took.</param>
internal sealed record LatencyMeasurement(
    LatencyTable Table, double MacsR2, int Operations, int Measured, int FittingNetworks, LatencyExtreme Fastest, LatencyExtreme Slowest, double SpeedRange, double Seconds);
