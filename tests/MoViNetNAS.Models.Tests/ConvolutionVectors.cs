using MoViNetNAS.Spaces;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests;

/// <summary>Numbers that the official tests of convolutions assert, with kernels of ones and fresh norms. Source: official MoViNet code,
/// layer tests.</summary>
public sealed class ConvolutionVectors : IDisposable
{
    private static readonly KernelShape Plane = new(1, 3), Cube = new(3, 3);
    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void A_spatial_convolution_sums_all_cells_it_sees()
    {
        var shape = new ConvolutionShape(3, 3, Plane);
        var clip = Constant.Clip(2, 2, 2, 3);
        AssertAll(12, Block(shape, hasNorm: false), clip);
        AssertAll(8.48528f, Block(shape, epsilon: 1), clip); // 12 / sqrt(1 + 1)
        AssertAll(6, Block(shape, ActivationType.Relu6, hasNorm: false), clip);
    }

    [Fact]
    public void A_causal_temporal_kernel_sees_zeros_before_the_first_frame()
    {
        var shape = new ConvolutionShape(3, 3, new KernelShape(3, 1), IsDepthwise: true, IsCausal: true);
        Constant.AssertClose(new[] { 1f, 1, 2, 2 }.Each(3), Run(Block(shape, hasNorm: false), Constant.Clip(2, 2, 1, 3)));
    }

    [Fact]
    public void A_causal_3d_kernel_counts_up_in_a_clip_and_in_any_split_of_it()
    {
        var block = Block(new ConvolutionShape(3, 3, Cube, Stride: 2, IsCausal: true), hasNorm: false);
        float[] expected = [12, 24, 36, 36];
        Constant.AssertClose(expected.Each(3), Run(block, Constant.Clip(4, 2, 2, 3)));
        foreach (int length in new[] { 1, 2, 4 }) Constant.AssertClose(expected.Each(3), Stream(block, Constant.Clip(4, 2, 2, 3), length));
    }

    [Theory]
    [InlineData(ConvolutionType.Full3d, new[] { 11.994005f, 23.988010f, 35.982014f, 35.982014f })]
    [InlineData(ConvolutionType.Split2plus1d, new[] { 35.964040f, 71.928070f, 107.892105f, 107.892105f })]
    [InlineData(ConvolutionType.Split3d2plus1d, new[] { 35.964040f, 71.928070f, 107.892105f, 107.892105f })]
    public void Norm_and_activation_follow_every_part_of_a_causal_kernel(ConvolutionType form, float[] expected)
    {
        var block = Block(new ConvolutionShape(3, 3, Cube, Stride: 2, IsCausal: true), ActivationType.Relu, form);
        Constant.AssertClose(expected.Each(3), Run(block, Constant.Clip(4, 2, 2, 3)), 2e-5f);
        foreach (int length in new[] { 1, 2, 4 })
            Constant.AssertClose(expected.Each(3), Stream(block, Constant.Clip(4, 2, 2, 3), length), 2e-5f);
    }

    [Theory]
    [InlineData(false, new[] { 27f, 18, 18, 12, 54, 36, 36, 24 })]
    [InlineData(true, new[] { 9f, 6, 6, 4, 18, 12, 12, 8 })]
    public void Padding_of_even_frames_is_after_them(bool isDepthwise, float[] expected)
    {
        var block = Block(new ConvolutionShape(3, 3, Cube, Stride: 2, IsDepthwise: isDepthwise, IsCausal: true), hasNorm: false);
        Constant.AssertClose(expected.Each(3), Run(block, Constant.Clip(2, 4, 4, 3)));
    }

    // The official test has 3x3 kernels over time and one axis of space: with a single row the other axis of 3x3x3 sees padding only.
    [Fact]
    public void A_kernel_over_time_and_one_axis_of_space_counts_up()
    {
        var full = Block(new ConvolutionShape(3, 3, Cube, Stride: 2, IsCausal: true), hasNorm: false);
        Constant.AssertClose(new[] { 6f, 12, 18, 18 }.Each(3), Run(full, Constant.Clip(4, 1, 2, 3)));
        var depthwise = Block(new ConvolutionShape(3, 3, Cube, IsDepthwise: true, IsCausal: true), hasNorm: false);
        Constant.AssertClose(new[] { 2f, 2, 4, 4 }.Each(3), Run(depthwise, Constant.Clip(2, 1, 2, 3)));
    }

    [Fact]
    public void Strides_skip_positions_and_frames()
    {
        var spatial = Block(new ConvolutionShape(1, 1, Plane, Stride: 2), hasNorm: false);
        Constant.AssertClose([9, 6, 6, 4], Run(spatial, Constant.Clip(1, 4, 4, 1)));
        var temporal = Block(new ConvolutionShape(1, 1, new KernelShape(3, 1), TemporalStride: 2, IsCausal: true), hasNorm: false);
        Constant.AssertClose([1, 3], Run(temporal, Constant.Clip(4, 1, 1, 1)));
        Constant.AssertClose([1, 3], Stream(temporal, Constant.Clip(4, 1, 1, 1), 1));
    }

    private static ConvolutionBlock Block(
        ConvolutionShape shape, ActivationType? activation = null, ConvolutionType form = ConvolutionType.Full3d, bool hasNorm = true,
        double epsilon = Norm.Epsilon) =>
        Constant.WithOnes(new ConvolutionBlock(shape, activation, new RandomStream(1), form, hasNorm, epsilon: epsilon));

    private static void AssertAll(float expected, ConvolutionBlock block, Tensor clip)
    {
        float[] values = Run(block, clip);
        Constant.AssertClose(Enumerable.Repeat(expected, values.Length), values);
    }

    // With and without gradients: two code paths that must agree.
    private static float[] Run(ConvolutionBlock block, Tensor clip)
    {
        float[] recorded = Constant.Values(block.Apply(clip, NormMode.Evaluation, null, 0, wantsNext: false, out _));
        using var unrecorded = no_grad();
        float[] values = Constant.Values(block.Apply(clip, NormMode.Evaluation, null, 0, wantsNext: false, out _));
        Constant.AssertClose(recorded, values);
        return values;
    }

    private static float[] Stream(ConvolutionBlock block, Tensor clip, int length)
    {
        using var unrecorded = no_grad();
        Tensor? buffer = null;
        var outputs = new List<float>();
        for (int start = 0; start < clip.shape[2]; start += length)
        {
            outputs.AddRange(Constant.Values(
                block.Apply(clip.narrow(2, start, length), NormMode.Evaluation, buffer, start, wantsNext: true, out buffer)));
        }

        return [.. outputs];
    }
}
