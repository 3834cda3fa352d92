using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>Weighs the frames of a clip by the softmax over time of what they say, for several labels in one clip.</summary>
/// <remarks>y = x * softmax(x / sqrt(T)) over time; the sum of y over time is the weighted mean. Source: official MoViNet code,
/// TemporalSoftmaxPool.</remarks>
internal static class TemporalSoftmaxPool
{
    /// <summary>[B, T, C] to the same shape.</summary>
    public static Tensor Apply(Tensor x)
    {
        using var scope = NewDisposeScope();
        using var root = Math.Sqrt(x.shape[1]).ToScalar();
        return (x * x.div(root).softmax(1)).MoveToOuterDisposeScope();
    }
}
