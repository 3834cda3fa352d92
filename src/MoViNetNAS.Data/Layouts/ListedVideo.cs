namespace MoViNetNAS.Data;

/// <summary>One labelled video of a listing.</summary>
/// <param name="Id">Its path in the data set, with forward slashes.</param>
/// <param name="FullPath">The video file, or the folder of its frames; need not exist.</param>
/// <param name="Label">The name of its class.</param>
/// <param name="Split">What it is used for.</param>
/// <param name="Source">What it was cut out of (person, film, video on the net); decides the split.</param>
public sealed record ListedVideo(string Id, string FullPath, string Label, Split Split, string Source)
{
    /// <summary>The part of the file that is the clip; null: all of it.</summary>
    public VideoSpan? Span { get; init; }
}
