using MoViNetNAS.Spaces;

namespace MoViNetNAS.Models;

/// <summary>Where the weights of a fresh network come from.</summary>
/// <param name="Random">Draws them.</param>
/// <param name="ResidualScale">First value of the learned factor on each layer's residual branch. The published networks start at
/// 0 (ReZero: a fresh layer is its skip path), which long training affords; from 1 a short training or a supernet gets
/// going several times sooner (docs/decisions/0002).</param>
public sealed record FirstWeights(RandomStream Random, double ResidualScale = 0)
{
    internal FirstWeights Derive(string name, params ReadOnlySpan<long> indices) => this with { Random = Random.Derive(name, indices) };
}
