namespace MoViNetNAS.Spaces;

/// <summary>What a search for scaling coefficients is to find.</summary>
/// <param name="FirstStep">Step of the smallest space, at most 0.</param>
/// <param name="LastStep">Step of the largest space, at least 0.</param>
/// <param name="Draws">Vectors drawn, at least 1.</param>
/// <param name="Variant">How networks are built; one that can stream.</param>
/// <param name="Classes">Outputs of the classifier.</param>
public sealed record ScalingSettings(int FirstStep, int LastStep, int Draws, NetworkVariant Variant, int Classes);
