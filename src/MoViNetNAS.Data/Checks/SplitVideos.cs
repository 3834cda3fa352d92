namespace MoViNetNAS.Data;

/// <summary>One split in numbers.</summary>
/// <param name="Split">Which.</param>
/// <param name="Listed">Videos that the annotations have.</param>
/// <param name="Usable">Videos that could be decoded.</param>
/// <param name="Sources">Sources of the usable ones.</param>
/// <param name="Lengths">Frames of the usable ones; null when there is none.</param>
public sealed record SplitVideos(Split Split, int Listed, int Usable, int Sources, ClipLengths? Lengths);
