using FsCheck.Xunit;
using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Models.Tests.Kernels;
using MoViNetNAS.Spaces;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests;

/// <summary>The general convolution against double precision, its forms against each other, and streams against whole clips.</summary>
[Collection(KernelCollection.Name)]
public sealed class ConvolutionLaws
{
    [Property(MaxTest = 60)]
    public void Results_and_gradients_equal_double_precision(ulong seed)
    {
        using var scope = NewDisposeScope();
        var random = new RandomStream(seed).Derive("general");
        var shape = AnyShape(random, isCausal: random.Chance(0.5));
        int frames = 1 + random.Below(6);
        var x = Tensors.RandomClip(seed, 1 + random.Below(2), shape.InputWidth, frames, 1 + random.Below(9), 1 + random.Below(9));
        var weight = Tensors.Random(
            seed + 1, shape.OutputWidth, shape.IsDepthwise ? 1 : shape.InputWidth, shape.Kernel.Temporal, shape.Kernel.Spatial, shape.Kernel.Spatial);
        var padding = shape.IsCausal ? new SamePadding(shape.Reach, 0) : SamePadding.Of(frames, shape.Reach + 1, shape.TemporalStride);
        DoublePrecision.AssertEquals((a, w) => GeneralConvolution.Apply(a, w, shape, padding, isPlanar: false), x, weight);
    }

    [Fact]
    public void A_product_with_a_large_matrix_equals_double_precision()
    {
        using var scope = NewDisposeScope();
        var shape = new ConvolutionShape(40, 70, new(3, 3), Stride: 2, IsCausal: true); // 75,600 weights
        var (x, weight) = (Tensors.RandomClip(1, 2, 40, 3, 7, 6), Tensors.Random(2, 70, 40, 3, 3, 3));
        DoublePrecision.AssertEquals((a, w) => GeneralConvolution.Apply(a, w, shape, new SamePadding(2, 0), isPlanar: false), x, weight);
    }

    [Property(MaxTest = 40)]
    public void The_2d_form_equals_the_3d_form_in_double_precision_and_in_our_own(ulong seed)
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var random = new RandomStream(seed).Derive("forms");
        var shape = AnyShape(random, isCausal: random.Chance(0.5));
        var (flat, solid) = (Block(shape, ConvolutionType.Split2plus1d, seed), Block(shape, ConvolutionType.Split3d2plus1d, seed));
        var x = Tensors.RandomClip(seed, 2, shape.InputWidth, 1 + random.Below(6), 5 + random.Below(3), 6);
        Tensor Output(ConvolutionBlock block) => block.Apply(x, NormMode.Batch, null, 0, wantsNext: false, out _);
        Tensors.AssertClose(Output(flat), Output(solid));
        try
        {
            var own = Output(solid);
            LibtorchPath.IsOn = true;
            Tensors.AssertClose(own, Output(flat));
            Tensors.AssertClose(own, Output(solid));
        }
        finally
        {
            LibtorchPath.IsOn = false;
        }
    }

    [Property(MaxTest = 60)]
    public void A_stream_equals_the_whole_clip_for_any_split_stride_and_dilation(ulong seed)
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var random = new RandomStream(seed).Derive("stream");
        const int Frames = 11;
        var shape = AnyShape(random, isCausal: true);
        var form = (ConvolutionType)random.Below(3);
        var block = Block(shape, form, seed);
        TinySpace.Wake(block, random);
        var clip = Tensors.RandomClip(seed, 2, shape.InputWidth, Frames, 6, 7);
        var whole = block.Apply(clip, NormMode.Evaluation, null, 0, wantsNext: false, out _);
        Assert.Equal((Frames + shape.TemporalStride - 1) / shape.TemporalStride, whole.shape[2]);
        Tensor? buffer = null;
        var parts = new List<Tensor>();
        for (int start = 0; start < Frames;)
        {
            int length = Math.Min(Frames - start, 1 + random.Below(4));
            parts.Add(block.Apply(clip.narrow(2, start, length), NormMode.Evaluation, buffer, start, wantsNext: true, out buffer));
            if (shape.Reach > 0) Assert.Equal(shape.Reach, buffer!.shape[2]);
            start += length;
        }

        AssertWithin(whole, cat([.. parts], 2));
    }

    [Property(MaxTest = 20)]
    public void The_max_pool_and_its_gradient_equal_double_precision(ulong seed)
    {
        using var scope = NewDisposeScope();
        var random = new RandomStream(seed).Derive("max pool");
        var x = Tensors.RandomClip(seed, 1 + random.Below(2), 1 + random.Below(40), 1 + random.Below(3), 1 + random.Below(12), 1 + random.Below(12));
        DoublePrecision.AssertEquals((a, w) => MaxPool.Apply(a) * w, x, Tensors.Random(seed + 1, MaxPool.Apply(x).shape));
    }

    private static ConvolutionShape AnyShape(RandomStream random, bool isCausal)
    {
        bool isDepthwise = random.Chance(0.5);
        int inputs = 1 + random.Below(20);
        var kernel = new KernelShape(1 + random.Below(5), 1 + 2 * random.Below(3));
        return new ConvolutionShape(
            inputs, isDepthwise ? inputs : 1 + random.Below(20), kernel, 1 + random.Below(2), 1 + random.Below(2), 1 + random.Below(2), isDepthwise, isCausal);
    }

    private static ConvolutionBlock Block(ConvolutionShape shape, ConvolutionType form, ulong seed) =>
        new(shape, ActivationType.Swish, new RandomStream(seed), form);

    // Sums of a clip and of its parts may be made in different orders.
    private static void AssertWithin(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        float largest = expected.abs().max().item<float>();
        Assert.InRange((expected - actual).abs().max().item<float>(), 0, 1e-5f * Math.Max(1, largest));
    }
}
