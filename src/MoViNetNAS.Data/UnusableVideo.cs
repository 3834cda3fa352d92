namespace MoViNetNAS.Data;

/// <summary>A video of a manifest that was left out.</summary>
/// <param name="Path">As the manifest gives it.</param>
/// <param name="Reason">Why, in plain words.</param>
public sealed record UnusableVideo(string Path, string Reason);
