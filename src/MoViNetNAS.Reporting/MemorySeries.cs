namespace MoViNetNAS.Reporting;

/// <summary>How the memory of one way to run a network grows with the clip.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Points">Frames and bytes, both above 0, by rising frames.</param>
public sealed record MemorySeries(string Name, IReadOnlyList<(int Frames, long Bytes)> Points);
