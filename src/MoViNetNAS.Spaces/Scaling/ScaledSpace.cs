namespace MoViNetNAS.Spaces;

/// <summary>One space of a scaled family.</summary>
/// <param name="Step">Steps from the base.</param>
/// <param name="Space">The space.</param>
/// <param name="MeanMacsPerFrame">Expected multiply-adds of one frame of a uniformly drawn architecture.</param>
public sealed record ScaledSpace(int Step, SearchSpace Space, double MeanMacsPerFrame);
