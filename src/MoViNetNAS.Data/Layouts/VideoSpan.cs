namespace MoViNetNAS.Data;

/// <summary>The part of a video file that is one clip.</summary>
/// <param name="Start">From the start of the file.</param>
/// <param name="End">After <paramref name="Start"/>.</param>
public sealed record VideoSpan(TimeSpan Start, TimeSpan End);
