using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data.Tests;

/// <summary>Clips of one 8 x 8 frame whose bytes are their index, plus a draw of the augmentation.</summary>
internal sealed class NumberedClips(int count, Action<int>? onRead = null) : IClipDataset
{
    public string Name => "numbered";
    public IReadOnlyList<string> Classes { get; } = ["even", "odd"];
    public InputShape Input { get; } = new(1, 8);
    public string SplitHash => "";

    public IReadOnlyList<ClipItem> Items(Split split) =>
        split == Split.Test ? [] : [.. Enumerable.Range(0, count).Select(i => new ClipItem($"{i}", i % 2, $"{split}{i}"))];

    public LabelSet Read(Split split, int index, RandomStream? augmentation, Span<byte> pixels)
    {
        onRead?.Invoke(index);
        pixels.Fill((byte)index);
        if (augmentation is not null) pixels[0] = (byte)augmentation.Below(256);
        return Items(split)[index].Labels;
    }
}
