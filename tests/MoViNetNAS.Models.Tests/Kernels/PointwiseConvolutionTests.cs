using FsCheck.Xunit;
using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests.Kernels;

/// <summary>Pointwise convolution, stem, pool and mean against libtorch in double precision, and gradients against finite differences.</summary>
[Collection(KernelCollection.Name)]
public sealed class PointwiseConvolutionTests
{
    [Property(MaxTest = 40)]
    public void The_product_and_its_gradients_equal_double_precision(ulong seed)
    {
        using var scope = NewDisposeScope();
        var random = new RandomStream(seed).Derive("pointwise");
        int inputs = 1 + random.Below(70), outputs = 1 + random.Below(70);
        Tensor x = Tensors.RandomClip(seed, 1 + random.Below(3), inputs, 1 + random.Below(4), 1 + random.Below(9), 1 + random.Below(9));
        Tensor weight = Tensors.Random(seed + 1, outputs + 3, inputs + 5);
        DoublePrecision.AtEveryWidth(() => DoublePrecision.AssertEquals(
            (a, w) => PointwiseConvolution.Apply(a, w.narrow(0, 0, outputs).narrow(1, 0, inputs)), x, weight));
    }

    [Property(MaxTest = 20)]
    public void The_stem_and_its_gradient_equal_double_precision(ulong seed)
    {
        using var scope = NewDisposeScope();
        var random = new RandomStream(seed).Derive("stem");
        int size = 1 + random.Below(20);
        Tensor clip = Tensors.RandomClip(seed, 1 + random.Below(3), 3, 1 + random.Below(4), size, size);
        Tensor weight = Tensors.Random(seed + 1, 1 + random.Below(40), 3, 3, 3);
        DoublePrecision.AtEveryWidth(() => DoublePrecision.AssertEquals(StemConvolution.Apply, clip, weight, hasInputGradient: false));
    }

    [Property(MaxTest = 20)]
    public void The_pool_and_its_gradient_equal_double_precision(ulong seed)
    {
        using var scope = NewDisposeScope();
        var random = new RandomStream(seed).Derive("pool");
        Tensor x = Tensors.RandomClip(seed, 1 + random.Below(2), 1 + random.Below(40), 1 + random.Below(3), 1 + random.Below(12), 1 + random.Below(12));
        DoublePrecision.AtEveryWidth(() => DoublePrecision.AssertEquals((a, _) => AveragePool.Apply(a), x, ones(1)));
    }

    [Property(MaxTest = 20)]
    public void The_spatial_mean_and_its_gradient_equal_double_precision(ulong seed)
    {
        using var scope = NewDisposeScope();
        var random = new RandomStream(seed).Derive("mean");
        Tensor x = Tensors.RandomClip(seed, 1 + random.Below(2), 1 + random.Below(70), 1 + random.Below(3), 1 + random.Below(12), 1 + random.Below(12));
        DoublePrecision.AtEveryWidth(() => DoublePrecision.AssertEquals((a, _) => SpatialMean.Apply(a), x, ones(1)));
    }

    [Fact]
    public void Gradients_of_the_double_path_equal_finite_differences()
    {
        using var scope = NewDisposeScope();
        Tensor x = Tensors.RandomClip(1, 1, 3, 2, 5, 4).@double(), weight = Tensors.Random(2, 4, 3).@double();
        DoublePrecision.AssertFiniteDifferences((a, w) => PointwiseConvolution.Apply(AveragePool.Apply(a), w), x, weight);
        DoublePrecision.AssertFiniteDifferences((a, w) => StemConvolution.Apply(a, w), Tensors.RandomClip(3, 1, 3, 2, 5, 5).@double(), Tensors.Random(4, 2, 3, 3, 3).@double());
    }

    [Fact]
    public void One_and_two_threads_give_the_same_bits()
    {
        using var scope = NewDisposeScope();
        Tensor x = Tensors.RandomClip(5, 4, 40, 8, 16, 16), clip = Tensors.RandomClip(6, 4, 3, 8, 33, 33);
        Tensor weight = Tensors.Random(7, 50, 40), stem = Tensors.Random(8, 24, 3, 3, 3);
        int threads = get_num_threads();
        try
        {
            float[][] Results(int count)
            {
                set_num_threads(count);
                return
                [
                    .. DoublePrecision.ResultAndGradients(PointwiseConvolution.Apply, x, weight, true),
                    .. DoublePrecision.ResultAndGradients(StemConvolution.Apply, clip, stem, false),
                    .. DoublePrecision.ResultAndGradients((a, _) => AveragePool.Apply(a), x, weight, true).Take(2),
                    .. DoublePrecision.ResultAndGradients((a, _) => SpatialMean.Apply(a), x, weight, true).Take(2),
                ];
            }

            float[][] one = Results(1), two = Results(2);
            Assert.Equal(one.Length, two.Length);
            for (int i = 0; i < one.Length; i++) Assert.True(one[i].AsSpan().SequenceEqual(two[i]), $"result {i}");
        }
        finally
        {
            set_num_threads(threads);
        }
    }
}
