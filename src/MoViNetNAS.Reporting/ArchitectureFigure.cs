using MoViNetNAS.Spaces;

namespace MoViNetNAS.Reporting;

/// <summary>What a diagram of a network shows.</summary>
/// <param name="Title">Title; none when empty.</param>
/// <param name="Architecture">The network.</param>
public sealed record ArchitectureFigure(string Title, Architecture Architecture);
