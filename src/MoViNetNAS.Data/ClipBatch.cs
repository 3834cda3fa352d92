using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>The clips of one step.</summary>
/// <param name="Pixels">[B, T, H, W, 3], uint8 in [0, 255], red green blue.</param>
/// <param name="Labels">[B], the classes that each clip is taught.</param>
/// <param name="Input">Frames, resolution and frame stride of each clip.</param>
public sealed record ClipBatch(byte[] Pixels, LabelSet[] Labels, InputShape Input)
{
    /// <summary>Clips that belong to the batch and could not be read, each with the reason; they are in neither pixels nor labels.</summary>
    public IReadOnlyList<UnusableVideo> Skipped { get; init; } = [];
}
