using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>A cost that a search can hold to a target.</summary>
public enum CostObjective
{
    /// <summary>Multiply-adds of a clip.</summary>
    Macs,

    /// <summary>Multiply-adds of one streamed frame.</summary>
    MacsPerFrame,

    /// <summary>Trainable parameters.</summary>
    Parameters,

    /// <summary>Bytes of stream state.</summary>
    StreamStateBytes,

    /// <summary>Bytes of the largest layer's input and output.</summary>
    PeakActivationBytes,

    /// <summary>Milliseconds of one streamed frame, by a <see cref="LatencyTable"/>.</summary>
    LatencyMs,
}
