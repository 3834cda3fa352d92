namespace MoViNetNAS.Data;

/// <summary>What a layout found.</summary>
/// <param name="Origin">The file (or folder) that the listing comes from, for messages.</param>
/// <param name="Classes">Class names in the order of the labels.</param>
/// <param name="Videos">In the order of the annotations; no source is in two splits.</param>
/// <param name="Leaks">Sources that the annotations have in two splits, and what was left out for it.</param>
public sealed record VideoListing(
    string Origin, IReadOnlyList<string> Classes, IReadOnlyList<ListedVideo> Videos, IReadOnlyList<SourceLeak> Leaks)
{
    /// <summary>What is wrong in the annotations and does not keep a video from being used, each with file and line.</summary>
    public IReadOnlyList<string> Flaws { get; init; } = [];

    /// <summary>What the labels answer; every class is of one head.</summary>
    public IReadOnlyList<LabelHead> Heads { get; init; } = [LabelHead.Single(Classes.Count)];
}
