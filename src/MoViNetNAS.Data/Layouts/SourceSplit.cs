using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>Splits by source: drops what leaks, and moves a seeded share of the sources of one split into another.</summary>
internal static class SourceSplit
{
    private static readonly Split[] Precedence = [Split.Test, Split.Score, Split.Weights];

    /// <summary>Leaves out what shares a source with a split of higher standing: test keeps all, train loses.</summary>
    public static (List<ListedVideo> Kept, List<SourceLeak> Leaks) WithoutLeaks(IReadOnlyList<ListedVideo> videos)
    {
        Dictionary<string, Split> owners = [];
        foreach (ListedVideo video in videos)
        {
            if (!owners.TryGetValue(video.Source, out Split owner) || Array.IndexOf(Precedence, video.Split) < Array.IndexOf(Precedence, owner))
                owners[video.Source] = video.Split;
        }

        List<SourceLeak> leaks = [.. videos.Where(video => video.Split != owners[video.Source])
            .GroupBy(video => (video.Source, video.Split))
            .Select(group => new SourceLeak(group.Key.Source, owners[group.Key.Source], group.Key.Split, group.Count(), group.First().Id))];
        return ([.. videos.Where(video => video.Split == owners[video.Source])], leaks);
    }

    /// <summary>Moves the share of the sources of <see cref="Split.Weights"/> to <paramref name="to"/>, class by class, so that
    /// every class with two sources has one in both; a class with one source stays.</summary>
    /// <remarks>The draw of a class depends on the seed and its own sources only: another class added moves no video of it. Sources
    /// with videos of several classes are drawn among themselves, and so are all sources of data with several labels a video.</remarks>
    public static List<ListedVideo> MoveShare(IReadOnlyList<ListedVideo> videos, double share, long seed, Split to)
    {
        if (share == 0) return [.. videos];
        RandomStream random = new RandomStream((ulong)seed).Derive($"{to} split");
        HashSet<string> moved = [];
        bool isOneLabel = videos.All(video => video.Labels.Count == 1);
        var pools = videos.Where(video => video.Split == Split.Weights).GroupBy(video => video.Source)
            .GroupBy(group => isOneLabel && group.All(video => video.Labels[0] == group.First().Labels[0]) ? group.First().Labels[0] : "", group => group.Key);
        foreach (IGrouping<string, string> pool in pools)
        {
            string[] sources = [.. pool.Order(StringComparer.Ordinal)];
            int count = Math.Min(Math.Max(1, (int)Math.Round(share * sources.Length)), sources.Length - 1);
            foreach (int i in random.Derive(pool.Key).Permutation(sources.Length).Take(count)) moved.Add(sources[i]);
        }

        return [.. videos.Select(video => video.Split == Split.Weights && moved.Contains(video.Source) ? video with { Split = to } : video)];
    }
}
