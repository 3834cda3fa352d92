using System.Text.Json.Nodes;
using MoViNetNAS.Data;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Training;

/// <summary>Which clips an experiment uses.</summary>
public abstract record DataSettings
{
    private static readonly Dictionary<string, Func<ConfigNode, DataSettings>> Kinds = new(
        [
            new("moving-shapes", MovingShapesSettings.Read),
            .. VideoLayoutKind.All.Select(kind =>
                new KeyValuePair<string, Func<ConfigNode, DataSettings>>(kind.Name, node => VideoFolderSettings.Read(node, kind))),
        ]);

    private protected DataSettings()
    {
    }

    /// <summary>Reads the "data" section of an experiment.</summary>
    public static DataSettings Read(ConfigNode node) =>
        node.Field("kind") is { } kind ? kind.OneOf(Kinds)(node) : Missing(node);

    /// <summary>Opens the data set for clips of <paramref name="input"/>.</summary>
    /// <param name="input">Frames, resolution and stride of the space.</param>
    /// <param name="progress">Told how decoding goes.</param>
    /// <param name="cancellation">Stops decoding.</param>
    /// <exception cref="InputException">Data are missing or unusable.</exception>
    /// <exception cref="MachineException">A program is missing, or a disk is full.</exception>
    public abstract IClipDataset Open(InputShape input, IProgress<DecodingProgress>? progress = null, CancellationToken cancellation = default);

    /// <summary>As <see cref="Open"/>; the score split may have more clips of each video.</summary>
    public virtual IClipDataset OpenForSearch(InputShape input, IProgress<DecodingProgress>? progress = null, CancellationToken cancellation = default) =>
        Open(input, progress, cancellation);

    /// <summary>The videos on disk and how they become clips, for <see cref="DatasetCheck.Run"/>; null for generated data.</summary>
    /// <param name="input">Frames, resolution and stride of the space.</param>
    /// <exception cref="InputException">No folder is given.</exception>
    public virtual VideoFolderOptions? Videos(InputShape input) => null;

    /// <summary>The section as JSON that <see cref="Read"/> reads back.</summary>
    public abstract JsonObject ToJson();

    /// <summary>These settings with a relative folder taken as beside the experiment file in <paramref name="experimentFolder"/>.</summary>
    internal virtual DataSettings Beside(string experimentFolder) => this;

    /// <summary>These settings with the data at <paramref name="folder"/> on this machine.</summary>
    /// <exception cref="InputException">The data are generated and lie in no folder.</exception>
    public abstract DataSettings At(string folder);

    private static DataSettings Missing(ConfigNode node)
    {
        node.Fail($"needs the key 'kind': one of {string.Join(", ", Kinds.Keys)}");
        return new MovingShapesSettings(new MovingShapesOptions());
    }
}
