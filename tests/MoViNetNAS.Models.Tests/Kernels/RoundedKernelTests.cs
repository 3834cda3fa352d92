using FsCheck.Xunit;
using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests.Kernels;

/// <summary>Kernels whose input is bfloat16 and whose weight is float32, held to double precision of the rounded numbers.</summary>
[Collection(KernelCollection.Name)]
public sealed class RoundedKernelTests
{
    // One rounding to bfloat16's 8 bits. A convolution rounds each of its results and gradients once.
    private const double Rounding = 1.0 / 256;

    [Property(MaxTest = 40)]
    public void Pointwise_convolutions(ulong seed)
    {
        using var scope = NewDisposeScope();
        var random = new RandomStream(seed).Derive("pointwise");
        int inputs = 1 + random.Below(80), outputs = 1 + random.Below(80);
        AssertEqual(PointwiseConvolution.Apply, AnyClip(random, inputs), Tensors.Random(seed, outputs, inputs));
    }

    [Property(MaxTest = 40)]
    public void Depthwise_convolutions(ulong seed)
    {
        using var scope = NewDisposeScope();
        var random = new RandomStream(seed).Derive("depthwise");
        int channels = 1 + random.Below(40), size = 1 + 2 * random.Below(3), stride = 1 + random.Below(2);
        bool isCausal = random.Chance(0.5);
        AssertEqual(
            (x, w) => DepthwiseConvolution.Apply(x, w, stride, isCausal), AnyClip(random, channels),
            Tensors.Random(seed, channels, 1, 1 + 2 * random.Below(3), size, size));
    }

    [Property(MaxTest = 20)]
    public void The_stem(ulong seed)
    {
        using var scope = NewDisposeScope();
        var random = new RandomStream(seed).Derive("stem");
        int size = 2 + random.Below(9);
        AssertEqual(StemConvolution.Apply, Tensors.Random(seed, 2, 3, 2, size, size), Tensors.Random(seed + 1, 1 + random.Below(20), 3, 3, 3));
    }

    [Property(MaxTest = 40)]
    public void General_convolutions_in_both_forms(ulong seed)
    {
        using var scope = NewDisposeScope();
        var random = new RandomStream(seed).Derive("general");
        var shape = new ConvolutionShape(
            1 + random.Below(20), 1 + random.Below(20), new KernelShape(1 + random.Below(3), 1 + 2 * random.Below(2)), 1 + random.Below(2), 1 + random.Below(2));
        var x = AnyClip(random, shape.InputWidth);
        var padding = SamePadding.Of((int)x.shape[2], shape.Reach + 1, shape.TemporalStride);
        var weight = Tensors.Random(seed, shape.OutputWidth, shape.InputWidth, shape.Kernel.Temporal, shape.Kernel.Spatial, shape.Kernel.Spatial);
        bool isPlanar = random.Chance(0.5);
        AssertEqual((a, w) => GeneralConvolution.Apply(a, w, shape, padding, isPlanar), x, weight);
    }

    [Property(MaxTest = 20)]
    public void Pools_and_the_mean_over_space(ulong seed)
    {
        using var scope = NewDisposeScope();
        var random = new RandomStream(seed).Derive("pools");
        var x = AnyClip(random, 1 + random.Below(20));
        var one = ones(1);
        AssertEqual((a, w) => AveragePool.Apply(a) * w.to(a.dtype), x, one, hasWeightGradient: false, share: 3 * Rounding);
        AssertEqual((a, w) => MaxPool.Apply(a) * w.to(a.dtype), x, one, hasWeightGradient: false, share: 3 * Rounding);
        AssertEqual((a, _) => SpatialMean.Apply(a), x, one, hasWeightGradient: false, share: 3 * Rounding);
        Assert.Equal(ScalarType.Float32, SpatialMean.Apply(x.to(ScalarType.BFloat16)).dtype);
    }

    // The mean is far from zero, where the square of a rounded mean would spoil a variance.
    [Property(MaxTest = 20)]
    public void Norms_have_the_statistics_of_the_batch_in_float32(ulong seed)
    {
        using var scope = NewDisposeScope();
        var random = new RandomStream(seed).Derive("norm");
        int channels = 1 + random.Below(40);
        Tensor x = (AnyClip(random, channels) + 5).to(ScalarType.BFloat16), beta = Tensors.Random(seed + 1, channels);
        Tensor mean = empty(channels), variance = empty(channels);
        AssertEqual((a, w) => BatchNormActivation.Apply(a, w, beta.to(IsPrecise(a) ? a.dtype : beta.dtype), 1e-3, null), x, Tensors.Random(seed, channels),
            share: 4 * Rounding); // of few positions a gradient is the small difference of large numbers, rounded between
        BatchNormActivation.Apply(x, ones(channels), beta, 1e-3, ActivationType.Swish, mean, variance);
        var exact = x.@double();
        Tensors.AssertClose(exact.mean([0, 2, 3, 4]).@float(), mean);
        Tensors.AssertClose(exact.var([0, 2, 3, 4], unbiased: false).@float(), variance);
    }

    [Fact]
    public void The_variance_of_one_position_is_zero()
    {
        using var scope = NewDisposeScope();
        Tensor mean = empty(2), variance = empty(2), x = tensor(new[] { 3f, -1f }, [1, 2, 1, 1, 1]).to(ScalarType.BFloat16);
        BatchNormActivation.Apply(x, ones(2), zeros(2), 1e-3, null, mean, variance);
        Assert.Equal([3f, -1f], mean.data<float>().ToArray());
        Assert.Equal([0f, 0f], variance.data<float>().ToArray());
    }

    private static bool IsPrecise(Tensor x) => x.dtype == ScalarType.Float64;

    private static Tensor AnyClip(RandomStream random, int channels) =>
        Tensors.RandomClip((ulong)random.Below(1 << 20), 1 + random.Below(2), channels, 1 + random.Below(5), 2 + random.Below(8), 2 + random.Below(8));

    // Both sides see the same rounded numbers, and the same rounded gradient comes in. Operations that add up in several roundings may err by
    // a share of the largest number, too.
    private static void AssertEqual(Func<Tensor, Tensor, Tensor> function, Tensor x, Tensor weight, bool hasWeightGradient = true, double share = 1e-5)
    {
        Tensor roundedX = x.to(ScalarType.BFloat16).detach().requires_grad_(true), master = weight.detach().requires_grad_(true);
        Tensor preciseX = roundedX.detach().@double().requires_grad_(true);
        bool roundsWeight = weight.dim() > 1;
        Tensor preciseWeight = (roundsWeight ? weight.to(ScalarType.BFloat16) : weight).@double().detach().requires_grad_(true);
        Tensor y = function(roundedX, master), precise = function(preciseX, preciseWeight);
        Tensor incoming = Tensors.Random(99, precise.shape).to(ScalarType.BFloat16);
        y.backward([incoming.to(y.dtype)]);
        precise.backward([incoming.@double()]);
        AssertRounded("result", precise, y, share);
        AssertRounded("gradient to x", preciseX.grad!, roundedX.grad!, share);
        if (!hasWeightGradient) return;
        Assert.Equal(ScalarType.Float32, master.grad!.dtype);
        AssertRounded("gradient to the weight", preciseWeight.grad!, master.grad!, share);
    }

    private static void AssertRounded(string what, Tensor precise, Tensor rounded, double share)
    {
        Assert.Equal(precise.shape, rounded.shape);
        double largest = precise.abs().max().item<double>();
        Tensor allowed = precise.abs() * Rounding + Math.Max(largest, 1e-3) * share;
        Tensor beyond = (precise - rounded.@double()).abs() - allowed;
        Assert.True(beyond.max().item<double>() <= 0, $"{what}: off by {beyond.max().item<double>()} beyond the tolerance, largest {largest}");
    }
}
