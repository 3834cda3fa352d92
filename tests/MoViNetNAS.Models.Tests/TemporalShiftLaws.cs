using FsCheck.Xunit;
using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Models.Tests.Kernels;
using MoViNetNAS.Spaces;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests;

/// <summary>The temporal shift module. Source: TSM (arXiv 1811.08383), section 3; MoViNets (arXiv 2103.11511), section 3.2.</summary>
[Collection(KernelCollection.Name)]
public sealed class TemporalShiftLaws
{
    // Channel c of frame t is 10 t + c, t from 1: a moved number tells where it came from.
    [Theory]
    [InlineData(true, new[] { 0f, 11, 12, 13, 14, 15, 16, 17, 10, 21, 22, 23, 24, 25, 26, 27, 20, 31, 32, 33, 34, 35, 36, 37 })]
    [InlineData(false, new[] { 0f, 21, 12, 13, 14, 15, 16, 17, 10, 31, 22, 23, 24, 25, 26, 27, 20, 0, 32, 33, 34, 35, 36, 37 })]
    public void An_eighth_of_the_channels_comes_from_each_neighbour_that_may_be_seen(bool isCausal, float[] expected)
    {
        using var scope = NewDisposeScope();
        var clip = ChannelsLast.Ensure((arange(1, 4, dtype: float32).view(1, 3) * 10 + arange(8, dtype: float32).view(8, 1)).view(1, 8, 3, 1, 1));
        Constant.AssertClose(expected, Constant.Values(TemporalShift.Apply(clip, isCausal, null, wantsNext: false, out _)));
    }

    [Property(MaxTest = 30)]
    public void A_stream_equals_the_whole_clip_for_any_split(ulong seed)
    {
        using var scope = NewDisposeScope();
        var random = new RandomStream(seed);
        const int Frames = 7;
        int channels = 8 + random.Below(20);
        var clip = Tensors.RandomClip(seed, 2, channels, Frames, 3, 4);
        var whole = TemporalShift.Apply(clip, isCausal: true, null, wantsNext: false, out _);
        Tensor? buffer = null;
        var parts = new List<Tensor>();
        for (int start = 0; start < Frames;)
        {
            int length = Math.Min(Frames - start, 1 + random.Below(3));
            parts.Add(TemporalShift.Apply(clip.narrow(2, start, length), isCausal: true, buffer, wantsNext: true, out buffer));
            Assert.Equal([2, channels / 8, 1, 3, 4], buffer!.shape);
            start += length;
        }

        Tensors.AssertSameBits(whole, cat([.. parts], 2));
    }

    /// <summary>The special case b = 1: shift, then a spatial kernel, is a causal kernel of two frames in which every channel has one of them.</summary>
    [Property(MaxTest = 20)]
    public void Shift_and_a_spatial_convolution_are_one_causal_convolution_of_two_frames(ulong seed)
    {
        using var scope = NewDisposeScope();
        var random = new RandomStream(seed);
        int channels = 8 + random.Below(20), outputs = 1 + random.Below(12), shifted = channels / TemporalShift.Share;
        var clip = Tensors.RandomClip(seed, 2, channels, 5, 6, 7);
        var plane = Tensors.Random(seed + 1, outputs, channels, 1, 3, 3);
        var ofFirst = (arange(channels) < shifted).to(float32).view(1, channels, 1, 1, 1);
        var pair = cat([plane * ofFirst, plane * (1 - ofFirst)], 2);

        var two = GeneralConvolution.Apply(
            TemporalShift.Apply(clip, isCausal: true, null, wantsNext: false, out _), plane, new ConvolutionShape(channels, outputs, new(1, 3)), default, false);
        var one = GeneralConvolution.Apply(clip, pair, new ConvolutionShape(channels, outputs, new(2, 3), IsCausal: true), new SamePadding(1, 0), false);
        Tensors.AssertClose(two, one);
    }

    [Property(MaxTest = 10)]
    public void Gradients_equal_double_precision(ulong seed)
    {
        using var scope = NewDisposeScope();
        var clip = Tensors.RandomClip(seed, 2, 16, 4, 3, 4);
        foreach (bool isCausal in new[] { true, false })
            DoublePrecision.AssertEquals((a, w) => TemporalShift.Apply(a, isCausal, null, wantsNext: false, out _) * w, clip, Tensors.Random(seed + 1, clip.shape));
    }
}
