namespace MoViNetNAS.Data;

/// <summary>How long videos are.</summary>
/// <param name="MinimumFrames">Of the shortest.</param>
/// <param name="MedianFrames">The middle one, or the mean of the middle two.</param>
/// <param name="MaximumFrames">Of the longest, at most as many as are used (<see cref="VideoFolderOptions.MaximumFrames"/>).</param>
public sealed record ClipLengths(int MinimumFrames, double MedianFrames, int MaximumFrames)
{
    /// <summary>Of at least one video; null of none.</summary>
    internal static ClipLengths? Of(IEnumerable<int> frames)
    {
        int[] sorted = [.. frames.Order()];
        if (sorted.Length == 0) return null;
        return new ClipLengths(sorted[0], (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2.0, sorted[^1]);
    }
}
