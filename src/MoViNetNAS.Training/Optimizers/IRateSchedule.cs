namespace MoViNetNAS.Training;

/// <summary>A learning rate for every step.</summary>
public interface IRateSchedule
{
    /// <summary>The rate at <paramref name="step"/>, from 0.</summary>
    double At(long step);
}
