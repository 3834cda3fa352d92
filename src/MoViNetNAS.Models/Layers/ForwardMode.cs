using MoViNetNAS.Spaces;

namespace MoViNetNAS.Models;

/// <summary>How a forward pass treats statistics, chance and rounding.</summary>
/// <param name="Norm">Statistics of batch norms.</param>
/// <param name="DropoutRate">Share of the classifier's hidden units dropped, in [0, 1).</param>
/// <param name="StochasticDepthRate">Drop rate of the last layer, in [0, 1); earlier layers drop less (Source: official code, layer n of N drops rate * n / N).</param>
/// <param name="Random">Chooses what is dropped; needed when a rate is above 0.</param>
/// <param name="Precision">What convolutions compute in. On the CPU bfloat16 runs on libtorch and is slow: it is there for cards, and for tests.</param>
public sealed record ForwardMode(
    NormMode Norm, double DropoutRate = 0, double StochasticDepthRate = 0, RandomStream? Random = null, Precision Precision = Precision.Float32)
{
    /// <summary>Running statistics, nothing dropped.</summary>
    public static ForwardMode Evaluation { get; } = new(NormMode.Evaluation);

    /// <summary>Batch statistics, nothing dropped.</summary>
    public static ForwardMode Batch { get; } = new(NormMode.Batch);
}
