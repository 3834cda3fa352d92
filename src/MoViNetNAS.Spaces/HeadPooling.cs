namespace MoViNetNAS.Spaces;

/// <summary>Where the end of a network averages. The classifier is linear, but the hidden layer before it is not.</summary>
public enum HeadPooling
{
    /// <summary>Features over space and time, before the hidden layer: all released models (official name: 3d).</summary>
    Pool3d,

    /// <summary>Features over space; every frame has logits of its own, which are averaged over time (official name: 2d).</summary>
    Pool2d,

    /// <summary>No features: every position of every frame has logits of its own, which are averaged (official name: none).</summary>
    None,

    /// <summary>As <see cref="Pool2d"/>, but a class's logits of all frames are weighed by their softmax over time, for several labels
    /// in one clip. It needs the whole clip. Source: official code, TemporalSoftmaxPool (for Charades).</summary>
    TemporalSoftmax,
}
