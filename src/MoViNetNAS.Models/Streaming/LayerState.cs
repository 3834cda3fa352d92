using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>What a stream carries for one layer.</summary>
/// <param name="StreamBuffer">The last kt - 1 frames its temporal kernel saw, [B, C, kt-1, h, w]; null without a temporal kernel, and before the first frame.</param>
/// <param name="PoolSum">Sum of the spatial means of all frames, [B, C]; null without squeeze-excite, and before the first frame.</param>
public sealed record LayerState(Tensor? StreamBuffer, Tensor? PoolSum);
