using MoViNetNAS.Data;
using MoViNetNAS.Models;

namespace MoViNetNAS.Training;

/// <summary>One of the networks whose logits are averaged, and the clips it sees.</summary>
/// <param name="Network">Evaluated with running statistics; the caller disposes it.</param>
/// <param name="Dataset">Its clips. Members may differ in frames and resolution, not in items; those that share a data set share what is read.</param>
public sealed record EvaluationMember(VideoNetwork Network, IClipDataset Dataset)
{
    /// <summary>Which frames of them.</summary>
    public FrameShare Share { get; init; } = FrameShare.All;
}
