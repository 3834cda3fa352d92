namespace MoViNetNAS.Spaces;

/// <summary>What a decision is about.</summary>
public enum DecisionTag
{
    /// <summary>Output channels of the stem, a block or the head (a filter decision).</summary>
    Width,

    /// <summary>Layers of a block.</summary>
    Depth,

    /// <summary>Depthwise kernel of a layer (an op decision).</summary>
    Kernel,

    /// <summary>Inner channels of a layer (a filter decision).</summary>
    Expansion,

    /// <summary>Whether a layer has squeeze-excite (an op decision).</summary>
    SqueezeExcite,

    /// <summary>Frames, resolution or frame stride of the clip: sampled, and in warm-up the largest; never averaged.</summary>
    Input,
}
