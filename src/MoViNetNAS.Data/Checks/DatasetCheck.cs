using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>What is on disk, what is wrong with it, and whether the splits are apart.</summary>
/// <param name="Name">The name of the folder.</param>
/// <param name="Origin">The annotation file (or folder) that lists the videos.</param>
/// <param name="Classes">Usable videos of every class, in the order of the labels; a class without any too. A video counts in each of its classes.</param>
/// <param name="Splits">The splits that the annotations have.</param>
/// <param name="Missing">Listed videos that are not on disk.</param>
/// <param name="Broken">Videos that are there and cannot be used.</param>
/// <param name="Damaged">Videos that are used although something is wrong with them.</param>
/// <param name="Duplicates">Usable videos that are the same.</param>
/// <param name="Leaks">Sources in two splits, and what is left out for it.</param>
public sealed record DatasetCheck(
    string Name,
    string Origin,
    IReadOnlyList<ClassVideos> Classes,
    IReadOnlyList<SplitVideos> Splits,
    IReadOnlyList<UnusableVideo> Missing,
    IReadOnlyList<UnusableVideo> Broken,
    IReadOnlyList<UnusableVideo> Damaged,
    IReadOnlyList<DuplicateVideos> Duplicates,
    IReadOnlyList<SourceLeak> Leaks)
{
    /// <summary>What is wrong in the annotations and keeps no video from being used, each with file and line. It is in the published files
    /// too, so a data set is sound with it.</summary>
    public IReadOnlyList<string> Flaws { get; init; } = [];

    /// <summary>Whether nothing is missing, broken or damaged, no video is there twice, and no source is in two splits.</summary>
    public bool IsSound => Missing.Count + Broken.Count + Damaged.Count + Duplicates.Count + Leaks.Count == 0;

    /// <summary>Reads the annotations and decodes every video, as training does: what it decodes, training finds in the cache.</summary>
    /// <param name="options">Where the videos are and how they become clips.</param>
    /// <param name="progress">Told after every video, from several threads.</param>
    /// <param name="cancellation">Stops it; what is decoded stays in the cache.</param>
    /// <exception cref="InputException">The annotations are missing or wrong, or an option is out of its range. Videos that cannot
    /// be used are no exception here, however many.</exception>
    /// <exception cref="MachineException">ffmpeg is not installed, or a disk fails or is full.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was signalled.</exception>
    public static DatasetCheck Run(VideoFolderOptions options, IProgress<DecodingProgress>? progress = null, CancellationToken cancellation = default)
    {
        options.Check();
        VideoListing listing = options.List();
        // Lengths are wanted, not pixels: nothing is kept in memory.
        VideoDecoder.Result[] results = VideoDecoder.DecodeAll(options with { MemoryBytes = 0 }, listing.Videos, progress, cancellation);
        var all = listing.Videos.Zip(results).ToList();
        var usable = all.Where(pair => pair.Second.Video is not null).ToList();
        ILookup<bool, UnusableVideo> unusable = all.Where(pair => pair.Second.Video is null)
            .ToLookup(pair => Path.Exists(pair.First.FullPath), pair => new UnusableVideo(pair.First.Id, pair.Second.Reason!));
        ILookup<(string, Split), ListedVideo> byClass = usable.Select(pair => pair.First)
            .SelectMany(video => video.Labels.Select(label => (Label: label, Video: video)))
            .ToLookup(pair => (pair.Label, pair.Video.Split), pair => pair.Video);
        return new DatasetCheck(
            Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Folder))),
            listing.Origin,
            [.. listing.Classes.Select(name => new ClassVideos(
                name, byClass[(name, Split.Weights)].Count(), byClass[(name, Split.Score)].Count(), byClass[(name, Split.Test)].Count()))],
            [.. all.GroupBy(pair => pair.First.Split).OrderBy(group => group.Key).Select(group => Count(group.Key, [.. group]))],
            [.. unusable[false]],
            [.. unusable[true]],
            [.. usable.Where(pair => pair.Second.Video!.Warning.Length > 0).Select(pair => new UnusableVideo(pair.First.Id, pair.Second.Video!.Warning))],
            DuplicateSearch.Find([.. usable.Select(pair => pair.First)], cancellation),
            listing.Leaks)
        {
            Flaws = listing.Flaws,
        };
    }

    private static SplitVideos Count(Split split, List<(ListedVideo Video, VideoDecoder.Result Result)> videos)
    {
        var usable = videos.Where(pair => pair.Result.Video is not null).ToList();
        return new SplitVideos(
            split,
            videos.Count,
            usable.Count,
            usable.DistinctBy(pair => pair.Video.Source).Count(),
            ClipLengths.Of(usable.Select(pair => pair.Result.Video!.Frames)));
    }
}
