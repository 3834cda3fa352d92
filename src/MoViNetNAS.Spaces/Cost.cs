namespace MoViNetNAS.Spaces;

/// <summary>What a network costs: counted exactly, and milliseconds where they were measured.</summary>
/// <param name="Macs">Multiply-adds of one whole clip: convolutions, squeeze-excite, classifier.</param>
/// <param name="MacsPerFrame">Multiply-adds per frame: for networks that stream those of one streamed frame with head and classifier; otherwise <paramref name="Macs"/> divided by the frames.</param>
/// <param name="PaperFlops">The figure papers print: <paramref name="Macs"/>, one operation per element that a batch norm writes, nine per element that a skip pool writes.</param>
/// <param name="TrainableParameters">What an optimizer updates.</param>
/// <param name="TotalParameters">With the running mean and variance of batch norms.</param>
/// <param name="StreamStateBytes">Float32 bytes of stream and pool buffers for one stream; 0 for networks that are not causal.</param>
/// <param name="PeakActivationBytes">Float32 bytes of the input and output of the largest depthwise convolution over a whole clip: a floor of peak memory.</param>
/// <param name="LatencyMs">Milliseconds of one streamed frame, from a table of measured operations; null where there is no table.</param>
public sealed record Cost(
    long Macs, long MacsPerFrame, long PaperFlops, long TrainableParameters, long TotalParameters, long StreamStateBytes,
    long PeakActivationBytes, double? LatencyMs = null)
{
    /// <summary>What networks cost that answer together, one after the other.</summary>
    /// <param name="members">Each by itself.</param>
    /// <param name="turns">Every how many frames of a stream each of them runs: 2 for the two members of a temporal ensemble.</param>
    /// <returns>Sums; per frame, the mean over the frames; of peak activations the largest.</returns>
    public static Cost Together(IReadOnlyList<Cost> members, int turns = 1) => new(
        members.Sum(cost => cost.Macs), members.Sum(cost => cost.MacsPerFrame) / turns, members.Sum(cost => cost.PaperFlops),
        members.Sum(cost => cost.TrainableParameters), members.Sum(cost => cost.TotalParameters), members.Sum(cost => cost.StreamStateBytes),
        members.Max(cost => cost.PeakActivationBytes), members.Sum(cost => cost.LatencyMs) / turns);
}
