namespace MoViNetNAS.Training;

/// <summary>What the running mean of squares of <see cref="RmsProp"/> is before the first update.</summary>
public enum SquareStart
{
    /// <summary>0, as in Keras; the published networks were trained so.</summary>
    Zero,

    /// <summary>1, as in TensorFlow 1; TuNAS trains so.</summary>
    One,
}
