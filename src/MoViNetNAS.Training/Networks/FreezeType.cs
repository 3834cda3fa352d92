namespace MoViNetNAS.Training;

/// <summary>Which part of a network a training leaves as it is.</summary>
public enum FreezeType
{
    /// <summary>None.</summary>
    None,

    /// <summary>All but the fully connected layers at the end.</summary>
    Backbone,

    /// <summary>All but the last layer, whose outputs are the logits.</summary>
    AllButClassifier,
}
