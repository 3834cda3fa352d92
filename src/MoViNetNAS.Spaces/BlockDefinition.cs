namespace MoViNetNAS.Spaces;

/// <summary>A block of a search space.</summary>
/// <param name="Width">Nominal width, multiplied by the space's width multipliers.</param>
/// <param name="Stride">Spatial stride of the first layer, 1 or 2.</param>
/// <param name="MinimumDepth">Fewest layers, at least 1.</param>
/// <param name="MaximumDepth">Most layers.</param>
/// <param name="Choices">What each layer chooses from.</param>
public sealed record BlockDefinition(int Width, int Stride, int MinimumDepth, int MaximumDepth, LayerChoices Choices);
