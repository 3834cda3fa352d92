namespace MoViNetNAS.Training;

/// <summary>How large the gradients of an update may be; larger ones are scaled down.</summary>
/// <param name="Joint">Largest norm of all of them together; 0 for no limit.</param>
/// <param name="Each">Largest norm of each parameter's gradient, applied first; 0 for no limit. 1 for the published networks.</param>
public readonly record struct GradientLimits(double Joint, double Each);
