using System.Text.Json.Nodes;
using MoViNetNAS.Data;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Training;

/// <summary>A folder of real videos, with a manifest or in the layout of a public data set.</summary>
/// <param name="Folder">Where it is; empty when the command line has to say.</param>
/// <param name="Fit">How pictures are made square.</param>
/// <param name="CropMargin">How much larger frames are kept than a clip shows.</param>
/// <param name="Flip">Whether training mirrors half of the clips.</param>
/// <param name="StrideRange">Random change of the frame stride in training.</param>
/// <param name="DecoderThreads">Videos decoded at the same time.</param>
/// <param name="ScoreWindows">Clips of each held-out video that a search scores on.</param>
public sealed record VideoFolderSettings(string Folder, VideoFit Fit, double CropMargin, bool Flip, int StrideRange, int DecoderThreads, int ScoreWindows)
    : DataSettings
{
    private static readonly Dictionary<string, VideoFit> Fits =
        new() { ["crop"] = VideoFit.Crop, ["stretch"] = VideoFit.Stretch, ["pad"] = VideoFit.Pad, ["wide"] = VideoFit.Wide };

    private static readonly Dictionary<string, FrameSampling> Samplings = new() { ["dense"] = FrameSampling.Dense, ["segments"] = FrameSampling.Segments };

    private static readonly string[] Keys =
        ["kind", "folder", "fit", "cropMargin", "flip", "strideRange", "decoderThreads", "scoreWindows", "sampling", "shuffleTime", "leaveOut", "augment"];

    /// <summary>How the data set lies in the folder.</summary>
    public IVideoLayout Layout { get; init; } = new ManifestLayout();

    /// <summary>Which frames of a video a clip takes.</summary>
    public FrameSampling Sampling { get; init; } = FrameSampling.Dense;

    /// <summary>Whether the frames of every clip come in a random order, as a control.</summary>
    public bool ShuffleTime { get; init; }

    /// <summary>What training changes in a clip besides.</summary>
    public ClipAugmentation Augment { get; init; } = ClipAugmentation.None;

    /// <summary>The source whose videos are the test while all others train; null: the splits of the layout.</summary>
    public string? LeaveOut { get; init; }

    internal static VideoFolderSettings Read(ConfigNode node, VideoLayoutKind kind)
    {
        var o = node.Object([.. Keys, .. kind.Keys]);
        var sampling = o.Optional("sampling", n => n.OneOf(Samplings), FrameSampling.Dense);
        int strideRange = o.Optional("strideRange", n => n.Int(0, 1024), 0);
        if (sampling == FrameSampling.Segments && strideRange > 0)
            node.Field("strideRange")!.Fail($"is {strideRange}, but the segments that 'sampling' asks for have no stride; it must be 0");
        return new VideoFolderSettings(
            o.Optional("folder", n => n.TextOrEmpty(), null) ?? "",
            o.Optional("fit", n => n.OneOf(Fits), VideoFit.Crop),
            o.Optional("cropMargin", n => n.Number(1, 2), 1.125),
            o.Optional("flip", n => n.Bool(), kind.IsFlipped),
            strideRange,
            o.Optional("decoderThreads", n => n.Int(1, 64), 2),
            o.Optional("scoreWindows", n => n.Int(1, 1000), 1))
        {
            Layout = kind.Read(o),
            Sampling = sampling,
            ShuffleTime = o.Optional("shuffleTime", n => n.Bool(), false),
            Augment = o.Optional("augment", AugmentSection.Read, ClipAugmentation.None),
            LeaveOut = o.Optional("leaveOut", n => n.TextOrEmpty(), null),
        };
    }

    /// <inheritdoc/>
    /// <remarks>Refuses several labels a clip before anything is decoded, which may take hours.</remarks>
    public override IClipDataset OpenForSearch(InputShape input, IProgress<DecodingProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (!Layout.HasOneLabel) throw new InputException($"a search needs exactly one class a clip: {SeveralLabels()}.");
        return new Data.ScoreWindows((VideoFolder)Open(input, progress, cancellation), ScoreWindows);
    }

    /// <inheritdoc/>
    public override IClipDataset Open(InputShape input, IProgress<DecodingProgress>? progress = null, CancellationToken cancellation = default) =>
        new VideoFolder(Videos(input), progress, cancellation);

    /// <inheritdoc/>
    public override VideoFolderOptions Videos(InputShape input)
    {
        if (Folder.Length == 0) throw new InputException("this experiment needs a folder of videos: give it with --data FOLDER, or as data.folder in the file.");
        return new VideoFolderOptions
        {
            Folder = Folder,
            Input = input,
            Layout = Layout,
            Fit = Fit,
            CropMargin = CropMargin,
            IsFlipped = Flip,
            StrideRange = StrideRange,
            DecoderThreads = DecoderThreads,
            Sampling = Sampling,
            IsTimeShuffled = ShuffleTime,
            LeaveOut = LeaveOut,
            Augment = Augment,
        };
    }

    /// <inheritdoc/>
    public override JsonObject ToJson()
    {
        VideoLayoutKind kind = KindOf(Layout);
        var json = new JsonObject
        {
            ["kind"] = kind.Name,
            ["folder"] = Folder,
            ["fit"] = Fits.First(pair => pair.Value == Fit).Key,
            ["cropMargin"] = CropMargin,
            ["flip"] = Flip,
            ["strideRange"] = StrideRange,
            ["decoderThreads"] = DecoderThreads,
            ["scoreWindows"] = ScoreWindows,
            ["sampling"] = Samplings.First(pair => pair.Value == Sampling).Key,
            ["shuffleTime"] = ShuffleTime,
            ["leaveOut"] = LeaveOut ?? "",
        };
        if (Augment != ClipAugmentation.None) json["augment"] = AugmentSection.Write(Augment);
        kind.Write(Layout, json);
        return json;
    }

    internal override DataSettings Beside(string experimentFolder) =>
        Folder.Length == 0 ? this : this with { Folder = Path.GetFullPath(Path.Combine(experimentFolder, Folder)) };

    /// <inheritdoc/>
    public override DataSettings At(string folder) => this with { Folder = Path.GetFullPath(folder) };

    private string SeveralLabels() => Layout is EpicKitchensLayout
        ? "data.label 'verb+noun' has two; it may be verb, noun or action"
        : $"data.kind '{KindOf(Layout).Name}' has any number; every other kind has one";

    private static VideoLayoutKind KindOf(IVideoLayout layout) => VideoLayoutKind.All.First(kind => kind.Layout == layout.GetType());
}
