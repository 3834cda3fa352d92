using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests;

/// <summary>Numbers that the official tests of pools, squeeze-excite and encodings assert. Source: official MoViNet code, layer tests.</summary>
public sealed class PoolVectors : IDisposable
{
    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(SqueezeExciteType.Pool3d, ActivationType.Swish, GateType.Sigmoid, new[] { 0.9998109f, 1.9999969f, 3, 4 }, 1e-5f)]
    [InlineData(SqueezeExciteType.Pool2plus3d, ActivationType.HardSwish, GateType.HardSigmoid, new[] { 1f, 2, 3, 4 }, 1e-4f)]
    public void Causal_squeeze_excite_of_counted_frames_has_the_official_values(
        SqueezeExciteType type, ActivationType activation, GateType gate, float[] expected, float tolerance)
    {
        var variant = NetworkVariant.Causal with { SqueezeExcite = type, Activation = activation, Gate = gate };
        var layer = Constant.WithOnes(new SqueezeExcite(3, variant, new RandomStream(1), hiddenWidth: 3));
        var clip = Constant.CountedFrames(4, 2, 1, 3);
        float[] perFrame = [.. expected.Each(2 * 3)];
        Constant.AssertClose(perFrame, Constant.Values(layer.Apply(clip, null, 0, wantsNext: false, out _)), tolerance);
        foreach (int length in new[] { 1, 2 })
        {
            Tensor? pool = null;
            var streamed = new List<float>();
            for (int start = 0; start < 4; start += length)
                streamed.AddRange(Constant.Values(layer.Apply(clip.narrow(2, start, length), pool, start, wantsNext: true, out pool)));
            Constant.AssertClose(perFrame, streamed, tolerance);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void The_global_pool_of_counted_frames_has_the_official_values_in_any_split(int length)
    {
        var means = SpatialMean.Apply(Constant.CountedFrames(4, 2, 2, 3));
        Tensor? sum = null, causalSum = null;
        float[] last = [];
        var causal = new List<float>();
        for (int start = 0; start < 4; start += length)
        {
            var frames = means.narrow(1, start, length);
            last = [.. Head.MeanSoFar(frames, sum, start, isPerFrame: false, out sum).data<float>()];
            causal.AddRange(Head.MeanSoFar(frames, causalSum, start, isPerFrame: true, out causalSum).contiguous().data<float>());
        }

        Constant.AssertClose([2.5f, 2.5f, 2.5f], last);
        Constant.AssertClose(new[] { 1f, 1.5f, 2, 2.5f }.Each(3), causal);
    }

    [Fact]
    public void The_spatial_mean_of_1_to_64_has_the_official_values()
    {
        var clip = ChannelsLast.Ensure(arange(1, 65, dtype: float32).view(1, 1, 4, 4, 4));
        Constant.AssertClose([8.5f, 24.5f, 40.5f, 56.5f], [.. SpatialMean.Apply(clip).contiguous().data<float>()]);
    }

    [Theory]
    [InlineData(false, new[] { 1f, 1, 2, 1.8414710f, 1.0021545f, 1.5403023f, 1.9092975f, 1.0043088f, 0.5838531f, 1.1411200f, 1.0064633f, 0.0100075f })]
    [InlineData(true, new[] { 1f, 1, 2, 2.8414710f, 2.0021544f, 2.5403023f, 3.9092975f, 3.0043090f, 2.5838532f, 4.1411200f, 4.0064630f, 3.0100074f })]
    public void A_whole_share_of_the_encoding_added_to_frames_has_the_official_values_in_any_split(bool isCounted, float[] expected)
    {
        var frames = isCounted ? arange(1, 5, dtype: float32).view(1, 4, 1).expand(1, 4, 3) : ones(1, 4, 3);
        foreach (int length in new[] { 1, 2, 4 })
        {
            var sums = Enumerable.Range(0, 4 / length).Select(i => frames.narrow(1, i * length, length) + PositionalEncoding.Of(i * length, length, 3));
            Constant.AssertClose(expected, [.. cat([.. sums], 1).contiguous().data<float>()], 1e-6f);
        }
    }

    [Fact]
    public void Temporal_softmax_pool_of_1_to_4_has_the_official_values()
    {
        var pooled = TemporalSoftmaxPool.Apply(tensor(new[] { 1f, 2, 3, 4 }, [1, 4, 1]));
        Constant.AssertClose([0.10153633f, 0.33481020f, 0.82801306f, 1.82021690f], [.. pooled.data<float>()], 1e-6f);
    }

    // The official scale layer turns 10 into 30 with a scalar of 3: here the branch of a layer grows threefold.
    [Fact]
    public void The_residual_scale_multiplies_its_branch()
    {
        using var unrecorded = no_grad();
        var site = new Architecture("one", new InputShape(4, 8), 8, [new BlockSpec(8, 1, [new LayerSpec(16, new KernelShape(3, 3))])], 8, 8).Sites(8).First();
        var shape = new BottleneckShape(8, 16, 8, [site.Spec.Kernel], true, HasProjectedSkip: false);
        var clip = Kernels.Tensors.RandomClip(1, 1, 8, 4, 4, 4);
        Tensor Branch(double scale)
        {
            var layer = new Bottleneck(shape, NetworkVariant.Base, true, new FirstWeights(new RandomStream(1), scale));
            return layer.Apply(clip, site, new LayerBranches([site.Spec.Kernel], [true]), NormMode.Evaluation, 0, null, null, 0, out _) - clip;
        }

        Kernels.Tensors.AssertClose(Branch(1) * 3, Branch(3));
    }
}
