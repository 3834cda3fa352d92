namespace MoViNetNAS.Data;

/// <summary>What a training had to do without: clips that could not be read any more when their turn came.</summary>
public sealed class SkippedClips
{
    private readonly Dictionary<string, UnusableVideo> _videos = [];

    /// <summary>How many clips were skipped; one that is skipped in every epoch counts each time.</summary>
    public long Count { get; private set; }

    /// <summary>Each of the items once, in the order in which they were first skipped, with the first reason.</summary>
    public IReadOnlyCollection<UnusableVideo> Items => _videos.Values;

    /// <summary>Adds the clips that <paramref name="batch"/> lacks.</summary>
    public void Add(ClipBatch batch)
    {
        Count += batch.Skipped.Count;
        foreach (UnusableVideo video in batch.Skipped) _videos.TryAdd(video.Path, video);
    }
}
