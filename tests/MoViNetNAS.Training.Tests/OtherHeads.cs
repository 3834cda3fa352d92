using MoViNetNAS.Data;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Training.Tests;

/// <summary>A data set whose classes are taken for those of other heads.</summary>
internal sealed class OtherHeads(IClipDataset clips, IReadOnlyList<LabelHead> heads) : IClipDataset
{
    public string Name => clips.Name;

    public IReadOnlyList<string> Classes => clips.Classes;

    public IReadOnlyList<LabelHead> Heads => heads;

    public InputShape Input => clips.Input;

    public string SplitHash => clips.SplitHash;

    public IReadOnlyList<ClipItem> Items(Split split) => clips.Items(split);

    public LabelSet Read(Split split, int index, RandomStream? augmentation, Span<byte> pixels) => clips.Read(split, index, augmentation, pixels);
}
