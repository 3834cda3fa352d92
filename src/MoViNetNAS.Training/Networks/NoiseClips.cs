using MoViNetNAS.Data;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Training;

/// <summary>Clips that cost no time to read and say nothing, for measuring.</summary>
public sealed class NoiseClips : IClipDataset
{
    private readonly ClipItem[] _items;

    /// <param name="input">Their shape.</param>
    /// <param name="classes">Classes, at least 2.</param>
    /// <param name="clips">Clips that train; no others.</param>
    public NoiseClips(InputShape input, int classes, int clips)
    {
        Input = input;
        Classes = [.. Enumerable.Range(0, classes).Select(label => $"class {label}")];
        _items = [.. Enumerable.Range(0, clips).Select(i => new ClipItem($"clip {i}", i % classes, $"clip {i}"))];
    }

    /// <inheritdoc/>
    public string Name => "noise";

    /// <inheritdoc/>
    public IReadOnlyList<string> Classes { get; }

    /// <inheritdoc/>
    public InputShape Input { get; }

    /// <inheritdoc/>
    public string SplitHash => "";

    /// <inheritdoc/>
    public IReadOnlyList<ClipItem> Items(Split split) => split == Split.Weights ? _items : [];

    /// <inheritdoc/>
    // A pattern without a period that a frame has: real noise would take longer than the update.
    public LabelSet Read(Split split, int index, RandomStream? augmentation, Span<byte> pixels)
    {
        for (int i = 0; i < pixels.Length; i++) pixels[i] = (byte)((i * 2_654_435_761L + index * 40_503L) >> 13);
        return _items[index].Labels;
    }
}
