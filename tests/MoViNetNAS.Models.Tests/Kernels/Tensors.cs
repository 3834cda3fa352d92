using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests.Kernels;

/// <summary>Random tensors and comparisons for kernel tests.</summary>
internal static class Tensors
{
    internal static Tensor Random(ulong seed, params long[] shape)
    {
        var random = new RandomStream(seed);
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        for (int i = 0; i < values.Length; i++) values[i] = (float)random.Normal();
        return tensor(values).reshape(shape);
    }

    /// <summary>Random [B, C, T, H, W], channels-last.</summary>
    internal static Tensor RandomClip(ulong seed, params long[] shape)
    {
        using Tensor plain = Random(seed, shape);
        return ChannelsLast.Ensure(plain);
    }

    internal static Tensor WithGradient(this Tensor x) => x.detach().clone().requires_grad_(true);

    /// <summary>Values equal but for the order of additions in float32: some hundred terms of size 1 err by about 1e-5.</summary>
    internal static void AssertClose(Tensor expected, Tensor actual, double relative = 1e-4, double absolute = 2e-5)
    {
        Assert.Equal(expected.shape, actual.shape);
        using Tensor difference = (expected - actual).abs() - relative * expected.abs();
        Assert.True(difference.max().item<float>() <= absolute, $"off by {difference.max().item<float>()} beyond the relative tolerance");
    }

    internal static void AssertSameBits(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.True(expected.equal(actual).all().item<bool>(), "bits differ");
    }
}
