using FsCheck.Xunit;
using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests.Kernels;

/// <summary>Depthwise convolution and batch norm of random shapes against double precision.</summary>
[Collection(KernelCollection.Name)]
public sealed class DepthwiseProperties
{
    private static readonly (int Frames, int Size)[] Kernels = [.. KernelShape.All.Select(kernel => (kernel.Temporal, kernel.Spatial)), (5, 5), (3, 1), (1, 1)];

    [Property(MaxTest = 60)]
    public void The_convolution_and_its_gradients_equal_double_precision(ulong seed)
    {
        using var scope = NewDisposeScope();
        var random = new RandomStream(seed).Derive("depthwise");
        var (frames, size) = Kernels[random.Below(Kernels.Length)];
        int batch = 1 + random.Below(3), channels = 1 + random.Below(50), height = 1 + random.Below(14), width = 1 + random.Below(20);
        int stride = 1 + random.Below(3);
        bool isCausal = random.Chance(0.5), hasBuffer = isCausal && frames > 1 && random.Chance(0.5);
        Tensor x = Tensors.RandomClip(seed, batch, channels, 1 + random.Below(6), height, width);
        Tensor weight = Tensors.Random(seed + 1, channels, 1, frames, size, size);
        Tensor? buffer = hasBuffer ? Tensors.RandomClip(seed + 2, batch, channels, frames - 1, height, width) : null;
        DoublePrecision.AtEveryWidth(() => DoublePrecision.AssertEquals(
            (a, w) => DepthwiseConvolution.Apply(a, w, stride, isCausal, buffer?.to(a.dtype)), x, weight));
    }

    [Property(MaxTest = 30)]
    public void Batch_norm_with_activation_and_its_gradients_equal_double_precision(ulong seed)
    {
        using var scope = NewDisposeScope();
        var random = new RandomStream(seed).Derive("norm");
        int channels = 1 + random.Below(50);
        ActivationType? activation = random.Below(3) switch { 0 => null, 1 => ActivationType.Swish, _ => ActivationType.HardSwish };
        Tensor x = Tensors.RandomClip(seed, 2 + random.Below(3), channels, 1 + random.Below(5), 2 + random.Below(9), 2 + random.Below(9));
        Tensor gamma = Tensors.Random(seed + 1, channels), beta = Tensors.Random(seed + 2, channels);
        DoublePrecision.AtEveryWidth(() => DoublePrecision.AssertEquals(
            (a, g) => BatchNormActivation.Apply(a, g, beta.to(a.dtype), 1e-3, activation), x, gamma));
    }

    [Fact]
    public void Gradients_in_double_precision_equal_finite_differences()
    {
        using var scope = NewDisposeScope();
        foreach (var (frames, size) in Kernels)
        {
            Tensor x = Tensors.RandomClip(1, 1, 3, 4, 6, 5).@double(), weight = Tensors.Random(2, 3, 1, frames, size, size).@double();
            DoublePrecision.AssertFiniteDifferences((a, w) => DepthwiseConvolution.Apply(a, w, 1, isCausal: true), x, weight);
            DoublePrecision.AssertFiniteDifferences((a, w) => DepthwiseConvolution.Apply(a, w, 2, isCausal: false), x, weight);
            DoublePrecision.AssertFiniteDifferences((w, a) => DepthwiseConvolution.Apply(a, w, 2, isCausal: false), weight, x); // to the input
        }

        Tensor clip = Tensors.RandomClip(3, 2, 3, 2, 3, 3).@double();
        DoublePrecision.AssertFiniteDifferences((a, g) => BatchNormActivation.Apply(a, g, zeros(3, dtype: ScalarType.Float64), 1e-3, ActivationType.Swish), clip, Tensors.Random(4, 3).@double());
    }
}
