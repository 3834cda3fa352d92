using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>What training changes in a clip besides its place in the video, its square and its mirror image. Nothing by default.</summary>
/// <remarks>Every draw is made once a clip and holds for all its frames, and so does what is measured in the pictures, such as the darkest
/// level: a point that rests keeps its colour. Each idea draws from a stream of its own, so that one added moves no other.</remarks>
public sealed record ClipAugmentation
{
    /// <summary>Nothing.</summary>
    public static ClipAugmentation None { get; } = new();

    /// <summary>A random part of the picture, resized, instead of a random square; null: off.</summary>
    public ResizedCrop? ResizedCrop { get; init; }

    /// <summary>Random brightness, contrast and saturation; null: off.</summary>
    public ColourJitter? Colour { get; init; }

    /// <summary>A few operations of one strength, drawn for each clip; null: off.</summary>
    public RandAugment? RandAugment { get; init; }

    /// <summary>Whether one of the 25 learned pairs of operations is drawn for each clip. Not together with <see cref="RandAugment"/>.</summary>
    public bool IsAutoAugmented { get; init; }

    internal IEnumerable<string> Faults()
    {
        if (RandAugment is not null && IsAutoAugmented) yield return "of RandAugment and AutoAugment one can be used, not both";
        foreach (string fault in (ResizedCrop?.Faults() ?? []).Concat(Colour?.Faults() ?? []).Concat(RandAugment?.Faults() ?? [])) yield return fault;
    }

    /// <summary>Changes the colours and shapes of <paramref name="clip"/>, [T, H, W, 3].</summary>
    internal void Apply(Span<byte> clip, int resolution, RandomStream random)
    {
        Colour?.Apply(clip, random.Derive("colour"));
        RandAugment?.Apply(clip, resolution, random.Derive("rand augment"));
        if (IsAutoAugmented) AutoAugment.Apply(clip, resolution, random.Derive("auto augment"));
    }
}
