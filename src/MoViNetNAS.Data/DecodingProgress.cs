namespace MoViNetNAS.Data;

/// <summary>How far the decoding pass is.</summary>
/// <param name="Done">Videos decoded, found in the cache, or left out.</param>
/// <param name="Total">Videos of the annotations.</param>
public readonly record struct DecodingProgress(int Done, int Total);
