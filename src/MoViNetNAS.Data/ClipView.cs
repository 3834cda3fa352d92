namespace MoViNetNAS.Data;

/// <summary>One of the clips of a video that an evaluation takes the mean of.</summary>
/// <param name="Window">Which window in time, in [0, <paramref name="Windows"/>).</param>
/// <param name="Windows">Windows in time, at least 1, evenly spread over the video; a single one lies in the middle.</param>
/// <param name="Crop">Which square, in [0, <paramref name="Crops"/>).</param>
/// <param name="Crops">Squares along the longer side: 1, the middle, or 3, its start, middle and end.</param>
/// <remarks>Source: the official MoViNet input pipeline.</remarks>
public sealed record ClipView(int Window, int Windows, int Crop, int Crops)
{
    /// <summary>The middle of the video and of the picture: what <see cref="IClipDataset.Read"/> gives without augmentation.</summary>
    public static ClipView Middle { get; } = new(0, 1, 0, 1);

    /// <summary>All views of <paramref name="windows"/> x <paramref name="crops"/>, window by window.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="windows"/> is below 1 or <paramref name="crops"/> neither 1 nor 3.</exception>
    public static IReadOnlyList<ClipView> All(int windows, int crops)
    {
        new ClipView(0, windows, 0, crops).Check();
        return [.. Enumerable.Range(0, windows).SelectMany(window => Enumerable.Range(0, crops).Select(crop => new ClipView(window, windows, crop, crops)))];
    }

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Windows, 1);
        if (Crops is not (1 or 3)) throw new ArgumentOutOfRangeException(nameof(Crops), Crops, "1 or 3 are possible.");
        ArgumentOutOfRangeException.ThrowIfNegative(Window);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Window, Windows);
        ArgumentOutOfRangeException.ThrowIfNegative(Crop);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Crop, Crops);
    }
}
