using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>A public data set with an official split into training and evaluation videos.</summary>
/// <remarks>The official evaluation videos are <see cref="Split.Test"/>. Of the official training videos a seeded share of the
/// sources of every class is <see cref="Split.Score"/>, the rest <see cref="Split.Weights"/>. Training videos whose source is
/// evaluated too are left out and listed in <see cref="VideoListing.Leaks"/>.</remarks>
public abstract record OfficialLayout : IVideoLayout
{
    private protected OfficialLayout()
    {
    }

    /// <summary>The folder of the annotation files, relative to the data; empty: looked for where the data set has them.</summary>
    public string Annotations { get; init; } = "";

    /// <summary>Share of the training sources of a class that scores architectures, 0-0.5.</summary>
    public double ScoreShare { get; init; } = 0.1;

    /// <summary>Seed of the draw of these sources.</summary>
    public long SplitSeed { get; init; } = 1;

    /// <inheritdoc/>
    public virtual bool HasOneLabel => true;

    /// <inheritdoc/>
    public VideoListing List(string folder)
    {
        if (!(ScoreShare is >= 0 and <= 0.5)) throw new InputException($"score share must be 0-0.5, got {ScoreShare}.");
        string root = Path.GetFullPath(folder);
        if (!Directory.Exists(root)) throw new InputException($"video folder {root} does not exist.");
        var reading = new LayoutReading(root, Annotations);
        Read(reading);
        reading.Faults.ThrowIfAny();
        if (reading.Videos.Count == 0) throw new InputException($"{reading.Origin} lists no video.");
        var (kept, leaks) = SourceSplit.WithoutLeaks(reading.Videos);
        var listing = new VideoListing(reading.Origin, [.. reading.Classes], SourceSplit.MoveShare(kept, ScoreShare, SplitSeed, Split.Score), leaks)
        {
            Flaws = [.. reading.Flaws.Sentences],
        };
        return reading.Heads.Count == 0 ? listing : listing with { Heads = [.. reading.Heads] };
    }

    /// <summary>Adds the classes and videos; official training videos as <see cref="Split.Weights"/>, evaluation ones as <see cref="Split.Test"/>.</summary>
    internal abstract void Read(LayoutReading reading);
}
