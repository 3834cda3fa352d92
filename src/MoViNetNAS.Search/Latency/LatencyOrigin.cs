using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>Of which networks, and where, milliseconds were measured.</summary>
/// <param name="SpaceName">Name of the space.</param>
/// <param name="SpaceHash">Its <see cref="SearchSpace.Hash"/>.</param>
/// <param name="Variant">How the networks are built; causal.</param>
/// <param name="Classes">Outputs of the classifier.</param>
/// <param name="Resolution">Rows and columns of the frames.</param>
/// <param name="Threads">Threads that computed a frame.</param>
/// <param name="Machine">Processor and operating system.</param>
/// <param name="Versions">Code and library versions.</param>
public sealed record LatencyOrigin(
    string SpaceName, string SpaceHash, NetworkVariant Variant, int Classes, int Resolution, int Threads, string Machine, string Versions);
