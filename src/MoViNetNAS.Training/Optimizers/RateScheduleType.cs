namespace MoViNetNAS.Training;

/// <summary>How the learning rate falls.</summary>
public enum RateScheduleType
{
    /// <summary>"cosineAfterWarmUp": from the peak, reached at the end of the warm-up (TuNAS); see <see cref="CosineSchedule"/>.</summary>
    CosineAfterWarmUp,

    /// <summary>"cosineThroughout": along a cosine that began with the first step (published MoViNets); see <see cref="ThroughoutCosineSchedule"/>.</summary>
    CosineThroughout,
}
