namespace MoViNetNAS.Training;

/// <summary>How held-out clips are shown to a network.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Clips at a time, at least 1; it does not change the result.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>Streams the clips one frame at a time instead of whole: the last answers count, and how many were right after every frame is kept.</summary>
    public bool IsFrameByFrame { get; init; }

    /// <summary>Windows in time of each video, evenly spread, at least 1.</summary>
    public int Windows { get; init; } = 1;

    /// <summary>Squares of each window: 1, or 3 along the longer side.</summary>
    public int Crops { get; init; } = 1;

    /// <summary>Clips of each video; operations per video are those of a clip times this.</summary>
    public int Views => Windows * Crops;
}
