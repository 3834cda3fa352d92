namespace MoViNetNAS.Data;

/// <summary>Usable videos of a class in each split.</summary>
/// <param name="Name">The class.</param>
/// <param name="Weights">Videos that train.</param>
/// <param name="Score">Videos that score architectures.</param>
/// <param name="Test">Videos of the final figure.</param>
public sealed record ClassVideos(string Name, int Weights, int Score, int Test);
