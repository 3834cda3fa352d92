namespace MoViNetNAS.Spaces;

/// <summary>A linear layer between the pool and the classifier.</summary>
/// <param name="Width">Channels it gives.</param>
/// <param name="Activation">After it.</param>
/// <param name="HasBias">Whether it has a bias.</param>
public sealed record DenseSpec(int Width, ActivationType Activation, bool HasBias);
