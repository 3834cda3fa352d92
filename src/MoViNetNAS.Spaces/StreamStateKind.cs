namespace MoViNetNAS.Spaces;

/// <summary>What a tensor of a stream's state holds.</summary>
public enum StreamStateKind
{
    /// <summary>The last frames that a temporal kernel saw.</summary>
    StreamBuffer,

    /// <summary>Sums of means, or of logits, over all frames.</summary>
    PoolSum,

    /// <summary>Frames seen, a 32-bit number.</summary>
    FrameCount,
}
