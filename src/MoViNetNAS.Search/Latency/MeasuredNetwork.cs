namespace MoViNetNAS.Search;

/// <summary>The measured times of one streamed network.</summary>
/// <param name="Operations">Its operations, in order.</param>
/// <param name="OperationMs">Milliseconds of each.</param>
/// <param name="WholeMs">Milliseconds of a whole frame, measured without clocks between the operations.</param>
public sealed record MeasuredNetwork(IReadOnlyList<OperationKey> Operations, IReadOnlyList<double> OperationMs, double WholeMs);
