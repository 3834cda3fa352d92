namespace MoViNetNAS.Training;

/// <summary>Half a cosine over all steps, the first of which rise linearly from 0 to where the cosine then is: a little below the peak.</summary>
/// <param name="Peak">Start of the cosine, which the rate itself does not reach when there is a warm-up.</param>
/// <param name="Steps">Length of the run and of the cosine.</param>
/// <param name="WarmUpSteps">Length of the rise.</param>
/// <remarks>Unlike <see cref="CosineSchedule"/> it does not start the cosine after the warm-up. Source: official MoViNet code.</remarks>
public sealed record ThroughoutCosineSchedule(double Peak, long Steps, long WarmUpSteps) : IRateSchedule
{
    /// <inheritdoc/>
    public double At(long step) => step < WarmUpSteps ? Cosine(WarmUpSteps) * step / WarmUpSteps : Cosine(step);

    private double Cosine(long step) => step >= Steps ? 0 : Peak * 0.5 * (1 + Math.Cos(Math.PI * step / Steps));
}
