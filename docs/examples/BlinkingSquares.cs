using System.Security.Cryptography;
using System.Text;
using MoViNetNAS.Data;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Examples;

/// <summary>A data set in forty lines: frames that flicker between dark and bright, slowly or fast. No single frame tells which.</summary>
/// <param name="input">Frames, resolution and frame stride of a clip.</param>
/// <param name="clips">Clips of each split.</param>
/// <param name="seed">Decides every pixel.</param>
public sealed class BlinkingSquares(InputShape input, int clips, ulong seed) : IClipDataset
{
    private const int SlowPeriod = 4, FastPeriod = 2;
    private const byte Dark = 40, Bright = 215;

    /// <inheritdoc/>
    public string Name => "blinking-squares";

    /// <inheritdoc/>
    public IReadOnlyList<string> Classes { get; } = ["slow", "fast"];

    /// <inheritdoc/>
    public InputShape Input => input;

    /// <summary>Of all that decides the clips: another seed or number is another data set.</summary>
    public string SplitHash { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"blinking squares 1 {clips} {seed}")));

    /// <inheritdoc/>
    public IReadOnlyList<ClipItem> Items(Split split) =>
        [.. Enumerable.Range(0, clips).Select(i => new ClipItem($"{split}/{i}", i % Classes.Count, $"{split}/{i}"))];

    /// <inheritdoc/>
    public LabelSet Read(Split split, int index, RandomStream? augmentation, Span<byte> pixels)
    {
        var random = new RandomStream(seed).Derive($"{split}", index); // of the item alone: any thread reads the same
        int period = index % Classes.Count == 0 ? SlowPeriod : FastPeriod, start = random.Below(SlowPeriod);
        if (augmentation is not null) start += augmentation.Below(SlowPeriod); // training begins anywhere
        int frameBytes = pixels.Length / input.Frames;
        for (int t = 0; t < input.Frames; t++)
            pixels.Slice(t * frameBytes, frameBytes).Fill((start + t) % period * 2 < period ? Dark : Bright);
        return new LabelSet(index % Classes.Count);
    }
}
