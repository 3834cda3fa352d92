namespace MoViNetNAS.Data;

/// <summary>When a class is to be seen in a video, both ends counted.</summary>
/// <param name="Label">The name of the class.</param>
/// <param name="StartSeconds">From the start of the video, at least 0.</param>
/// <param name="StopSeconds">At least <paramref name="StartSeconds"/>; may lie after the end of the video.</param>
public sealed record LabelInterval(string Label, double StartSeconds, double StopSeconds);
