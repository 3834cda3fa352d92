using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>Where the videos of a <see cref="VideoFolder"/> are and how they become clips.</summary>
public sealed record VideoFolderOptions
{
    /// <summary>The folder that holds the videos and, unless the layout says otherwise, their annotations.</summary>
    public required string Folder { get; init; }

    /// <summary>How the data set lies in the folder.</summary>
    public IVideoLayout Layout { get; init; } = new ManifestLayout();

    /// <summary>Frames, resolution and frame stride of a clip.</summary>
    public required InputShape Input { get; init; }

    /// <summary>How pictures are made square.</summary>
    public VideoFit Fit { get; init; } = VideoFit.Crop;

    /// <summary>Frames are stored at resolution times this, 1-2. Training cuts a random square of the resolution out of
    /// them, the same for all frames of a clip; evaluation the middle one. 1 keeps the whole picture.</summary>
    public double CropMargin { get; init; } = 1.125;

    /// <summary>Whether half of the training clips are mirrored left to right. Switch it off where left and right are classes.</summary>
    public bool IsFlipped { get; init; } = true;

    /// <summary>Training draws the stride of a clip from [max(stride - r, 1), stride + r), the upper end excluded; 0 keeps it
    /// fixed. Source: the official MoViNet input pipeline, which uses 1 on Kinetics.</summary>
    public int StrideRange { get; init; }

    /// <summary>Which frames of a video a clip takes.</summary>
    public FrameSampling Sampling { get; init; } = FrameSampling.Dense;

    /// <summary>What training changes in a clip besides.</summary>
    public ClipAugmentation Augment { get; init; } = ClipAugmentation.None;

    /// <summary>The control experiment: the frames of every clip in a random order of its own, in evaluation one that belongs to the
    /// video. What a network still recognises, it recognises without motion.</summary>
    public bool IsTimeShuffled { get; init; }

    /// <summary>A source whose videos are the test while all others train, none scoring; null: the splits of the layout.</summary>
    public string? LeaveOut { get; init; }

    /// <summary>Frames of a video that are used, from its start; 1-1,000,000. A longer one is cut, with a warning.</summary>
    public int MaximumFrames { get; init; } = 3000;

    /// <summary>Videos decoded at the same time, 1-64.</summary>
    public int DecoderThreads { get; init; } = 2;

    /// <summary>A video whose decoder gives nothing for this long is left out.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Where decoded frames are kept; null: <c>movinetnas/frames</c> in the user's cache folder (XDG_CACHE_HOME).
    /// Nothing there is ever needed again: it may be deleted at any time no run is using it.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>Decoded frames are held in memory up to this many bytes; the rest is read from the cache files.</summary>
    public long MemoryBytes { get; init; } = 1L << 30;

    /// <summary>The ffmpeg program: a name looked up on PATH, or a path.</summary>
    internal string Ffmpeg { get; init; } = "ffmpeg";

    /// <summary>The videos of the layout in the splits that are used.</summary>
    internal VideoListing List()
    {
        VideoListing listing = Layout.List(Folder);
        return LeaveOut is null ? listing : LeftOutSource.Of(listing, LeaveOut);
    }

    internal void Check()
    {
        List<string> faults = [.. ClipSize.Faults(Input)];
        if (!(CropMargin is >= 1 and <= 2)) faults.Add($"crop margin must be 1-2, got {CropMargin}");
        if (StrideRange is < 0 or > 1024) faults.Add($"stride range must be 0-1024, got {StrideRange}");
        if (StrideRange > 0 && Sampling == FrameSampling.Segments)
            faults.Add($"stride range must be 0 when segments are sampled, which have no stride, got {StrideRange}");
        if (MaximumFrames is < 1 or > 1_000_000) faults.Add($"maximum frames must be 1-1000000, got {MaximumFrames}");
        if (DecoderThreads is < 1 or > 64) faults.Add($"decoder threads must be 1-64, got {DecoderThreads}");
        if (StallTimeout <= TimeSpan.Zero || StallTimeout > TimeSpan.FromDays(1)) faults.Add($"stall timeout must be above 0 and at most a day, got {StallTimeout}");
        if (MemoryBytes < 0) faults.Add($"memory bytes must be at least 0, got {MemoryBytes}");
        faults.AddRange(Augment.Faults());
        if (faults.Count > 0) throw new InputException($"video folder {Folder}: {string.Join("; ", faults)}.");
    }
}
