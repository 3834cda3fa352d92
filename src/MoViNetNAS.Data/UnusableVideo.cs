namespace MoViNetNAS.Data;

/// <summary>A video that something is wrong with, such as one that was left out.</summary>
/// <param name="Path">Its name in the data set, such as the path in the manifest.</param>
/// <param name="Reason">Why, in plain words.</param>
public sealed record UnusableVideo(string Path, string Reason);
