using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>What a stream carries for one layer.</summary>
/// <param name="Name">The layer: "block1_layer0".</param>
/// <param name="StreamBuffer">The last frames its temporal kernel saw, [B, C, kt-1, h, w]; null without a temporal kernel.</param>
/// <param name="PoolSum">Sum of the spatial means of all frames, [B, C]; null where nothing is averaged over time.</param>
public sealed record LayerState(string Name, Tensor? StreamBuffer, Tensor? PoolSum)
{
    internal IEnumerable<Tensor> Tensors => new[] { StreamBuffer, PoolSum }.OfType<Tensor>();
}
