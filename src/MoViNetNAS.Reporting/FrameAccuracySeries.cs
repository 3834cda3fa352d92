namespace MoViNetNAS.Reporting;

/// <summary>How many clips a network has right after each frame.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Clips">Clips tested, at least 1.</param>
/// <param name="Right">Clips right after frame 1, 2, ...</param>
public sealed record FrameAccuracySeries(string Name, int Clips, IReadOnlyList<int> Right);
