namespace MoViNetNAS.Training;

/// <summary>A learning rate that rises linearly from 0, then falls to 0 along half a cosine.</summary>
/// <param name="Peak">Highest rate.</param>
/// <param name="Steps">Length of the run.</param>
/// <param name="WarmUpSteps">Length of the rise.</param>
/// <remarks>Source: TuNAS (google-research, 0c1bbe5), cosine decay with warm-up.</remarks>
public sealed record CosineSchedule(double Peak, long Steps, long WarmUpSteps) : IRateSchedule
{
    /// <summary>The rate at <paramref name="step"/>, from 0.</summary>
    public double At(long step)
    {
        if (step < WarmUpSteps) return Peak * step / WarmUpSteps;
        if (step >= Steps) return 0;
        return Peak * 0.5 * (1 + Math.Cos(Math.PI * (step - WarmUpSteps) / (Steps - WarmUpSteps)));
    }
}
