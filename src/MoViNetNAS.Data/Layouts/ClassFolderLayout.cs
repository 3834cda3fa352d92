using System.Text.RegularExpressions;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>A folder for each class, with its videos or frame folders; above them, if you like, folders train, val and test.</summary>
/// <remarks>
/// <para>Without split folders, seeded shares of the sources of every class become test and score. With train and one of val
/// and test, that one is test and a share of train is score. With all three they are what they are called.</para>
/// <para>A video is its own source unless <see cref="SourcePattern"/> finds one in its name: give it where several videos are
/// of one person or cut out of one film, or the figures will be better than the network.</para>
/// </remarks>
public sealed record ClassFolderLayout : IVideoLayout
{
    private static readonly Dictionary<string, Split> SplitFolders = new(StringComparer.Ordinal)
    {
        ["train"] = Split.Weights,
        ["val"] = Split.Score,
        ["validation"] = Split.Score,
        ["test"] = Split.Test,
    };

    /// <summary>A regular expression whose first group, in the name of a video without its ending, is the source; empty: none.</summary>
    public string SourcePattern { get; init; } = "";

    /// <summary>Share of the sources of a class that scores architectures, 0-0.5; unused when there is a folder for it.</summary>
    public double ScoreShare { get; init; } = 0.1;

    /// <summary>Share of the sources of a class that is tested, 0-0.5; unused when there is a folder for it.</summary>
    public double TestShare { get; init; } = 0.2;

    /// <summary>Seed of the draws.</summary>
    public long SplitSeed { get; init; } = 1;

    /// <inheritdoc/>
    public VideoListing List(string folder)
    {
        if (!(ScoreShare is >= 0 and <= 0.5)) throw new InputException($"score share must be 0-0.5, got {ScoreShare}.");
        if (!(TestShare is >= 0 and <= 0.5)) throw new InputException($"test share must be 0-0.5, got {TestShare}.");
        Regex? pattern = ParsePattern();
        string root = Path.GetFullPath(folder);
        if (!Directory.Exists(root)) throw new InputException($"video folder {root} does not exist.");
        List<ListedVideo> videos = [];
        List<string> wrong = [], nameless = [];
        foreach (string path in VideoIndex.Of(root).Paths)
        {
            string[] steps = path.Split('/');
            bool hasSplit = steps.Length > 2 && SplitFolders.ContainsKey(steps[0]);
            int label = hasSplit ? 1 : 0;
            if (steps.Length != label + 2)
            {
                wrong.Add(path);
                continue;
            }

            string name = VideoIndex.WithoutExtension(steps[^1]);
            if (SourceOf(pattern, path, name) is { } source)
                videos.Add(new ListedVideo(path, Path.GetFullPath(path, root), steps[label], hasSplit ? SplitFolders[steps[0]] : Split.Weights, source));
            else
                nameless.Add(path);
        }

        Check(root, videos, wrong, nameless);
        var (kept, leaks) = SourceSplit.WithoutLeaks(videos.Select(video => video with { Split = Meant(video.Split, videos) }).ToList());
        return new VideoListing(root, [.. videos.SelectMany(video => video.Labels).Distinct().Order(StringComparer.Ordinal)], Draw(kept), leaks);
    }

    private Regex? ParsePattern()
    {
        if (SourcePattern.Length == 0) return null;
        try
        {
            // Without backtracking no pattern can hang a run.
            var pattern = new Regex(SourcePattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            if (pattern.GetGroupNumbers().Length > 1) return pattern;
            throw new InputException($"source pattern '{SourcePattern}' has no group: put what names the source in parentheses, such as '^(person\\d+)_'.");
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new InputException($"source pattern '{SourcePattern}' cannot be used: {e.Message}", e);
        }
    }

    // Names may repeat between folders (1.avi in each): without a pattern the whole path tells sources apart.
    private static string? SourceOf(Regex? pattern, string path, string name)
    {
        if (pattern is null) return path;
        return pattern.Match(name) is { Success: true } match && match.Groups[1].Length > 0 ? match.Groups[1].Value : null;
    }

    private void Check(string root, List<ListedVideo> videos, List<string> wrong, List<string> nameless)
    {
        if (wrong.Count > 0)
        {
            throw new InputException(
                $"{root}: {wrong.Count} videos are not in a folder of their class (class/video, or train|val|test/class/video), the first is {wrong[0]}.");
        }

        if (nameless.Count > 0)
            throw new InputException($"{root}: the source pattern '{SourcePattern}' does not match the names of {nameless.Count} videos, the first is {nameless[0]}.");
        if (videos.Count == 0) throw new InputException($"{root} holds no video in a folder of its class.");
        int inSplits = videos.Count(video => SplitFolders.ContainsKey(video.Id.Split('/')[0]) && video.Id.Count(c => c == '/') > 1);
        if (inSplits > 0 && inSplits < videos.Count)
        {
            throw new InputException(
                $"{root}: {inSplits} videos are in train, val or test and {videos.Count - inSplits} are not, the first is "
                + $"{videos.First(video => !SplitFolders.ContainsKey(video.Id.Split('/')[0])).Id}; put all of them there, or none.");
        }
    }

    // A held-out part without another is the final one: a search must not see it.
    private static Split Meant(Split split, List<ListedVideo> videos) =>
        split == Split.Score && videos.All(video => video.Split != Split.Test) ? Split.Test : split;

    private List<ListedVideo> Draw(List<ListedVideo> videos)
    {
        bool hasTest = videos.Any(video => video.Split == Split.Test), hasScore = videos.Any(video => video.Split == Split.Score);
        if (!hasTest && !hasScore) videos = SourceSplit.MoveShare(videos, TestShare, SplitSeed, Split.Test);
        return hasScore ? videos : SourceSplit.MoveShare(videos, ScoreShare, SplitSeed, Split.Score);
    }
}
