using MoViNetNAS.Models.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests.Kernels;

[Collection(KernelCollection.Name)]
public sealed class DepthwiseConvolutionTests
{
    public static TheoryData<int, int, int, string> Cases()
    {
        var data = new TheoryData<int, int, int, string>();
        (int, int)[] kernels = [(1, 1), (1, 3), (1, 5), (1, 7), (3, 1), (5, 1), (7, 1), (3, 3), (5, 3), (3, 5)];
        foreach ((int frames, int size) in kernels)
        {
            foreach (int stride in new[] { 1, 2 })
            {
                foreach (string time in new[] { "centred", "causal", "buffered" }) data.Add(frames, size, stride, time);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Output_and_gradients_equal_libtorch(int kernelFrames, int kernelSize, int stride, string time)
    {
        using DisposeScope scope = NewDisposeScope();
        ulong seed = 1;
        foreach (long channels in new long[] { 1, 3, 8, 17, 24, 80 })
        {
            foreach ((long frames, long height, long width) in new (long, long, long)[] { (1, 1, 1), (3, 4, 4), (2, 5, 14), (2, 9, 23) })
            {
                if (channels != 17 && height * width > 100) continue; // the reference is slow
                Compare(new Case(1 + channels % 2, channels, frames, height, width, kernelFrames, kernelSize, stride, time), seed++);
            }
        }
    }

    [Fact]
    public void Large_problems_on_threads_equal_libtorch()
    {
        using DisposeScope scope = NewDisposeScope();
        Compare(new Case(1, 80, 4, 43, 43, 3, 3, 1, "causal"), 1);
        Compare(new Case(4, 48, 4, 16, 16, 1, 7, 2, "centred"), 2);
        Compare(new Case(3, 96, 8, 4, 4, 5, 3, 1, "buffered"), 3);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(8)]
    [InlineData(4)]
    [InlineData(1)]
    public void Every_vector_width_equals_libtorch(int width)
    {
        using DisposeScope scope = NewDisposeScope();
        int widest = VectorWidth.Widest;
        if (width > widest) Assert.Skip($"this machine has vectors of {widest} floats");
        try
        {
            VectorWidth.Widest = width;
            Compare(new Case(2, 37, 3, 7, 11, 3, 3, 2, "centred"), 4);
            Compare(new Case(2, 37, 3, 7, 11, 5, 1, 1, "buffered"), 5);
        }
        finally
        {
            VectorWidth.Widest = widest;
        }
    }

    [Fact]
    public void Vector_width_changes_no_bit()
    {
        using DisposeScope scope = NewDisposeScope();
        int widest = VectorWidth.Widest;
        var shape = new Case(2, 50, 4, 9, 13, 3, 3, 1, "causal");
        Results expected = Own(shape, 6);
        try
        {
            foreach (int width in new[] { 8, 4, 1 })
            {
                VectorWidth.Widest = Math.Min(width, widest);
                AssertSameBits(expected, Own(shape, 6));
            }
        }
        finally
        {
            VectorWidth.Widest = widest;
        }
    }

    [Fact]
    public void Repetition_and_threads_change_no_bit()
    {
        using DisposeScope scope = NewDisposeScope();
        int threads = get_num_threads();
        var shape = new Case(4, 40, 8, 16, 16, 3, 3, 1, "centred");
        Results expected = Own(shape, 7);
        try
        {
            foreach (int count in new[] { 1, 2, 2, 3 })
            {
                set_num_threads(count);
                AssertSameBits(expected, Own(shape, 7));
            }
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Fact]
    public void A_buffer_equals_concatenated_frames()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor clip = Tensors.RandomClip(8, 2, 24, 10, 6, 6);
        Tensor weight = Tensors.Random(9, 24, 1, 5, 3, 3);
        Tensor whole = DepthwiseConvolution.Apply(clip, weight, 1, isCausal: true);
        Tensor tail = DepthwiseConvolution.Apply(clip.narrow(2, 4, 6), weight, 1, isCausal: true, clip.narrow(2, 0, 4));
        Tensors.AssertSameBits(whole.narrow(2, 4, 6), tail);
    }

    [Fact]
    public void A_prefix_of_a_wider_parameter_gets_its_gradient()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor wide = Tensors.Random(10, 40, 1, 3, 3, 3).requires_grad_(true);
        Tensor x = Tensors.RandomClip(11, 2, 24, 4, 5, 5);
        DepthwiseConvolution.Apply(x, wide.narrow(0, 0, 24), 1, isCausal: true).sum().backward();
        Tensor reference = wide.WithGradient();
        Reference(x, reference.narrow(0, 0, 24), 1, true, null).sum().backward();
        Tensors.AssertClose(reference.grad!, wide.grad!, absolute: 1e-4); // sums of 200 values
        Assert.Null(x.grad);
    }

    [Fact]
    public void No_gradient_flows_into_the_buffer()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor buffer = Tensors.RandomClip(12, 1, 8, 2, 4, 4).WithGradient();
        Tensor x = Tensors.RandomClip(13, 1, 8, 3, 4, 4).WithGradient();
        Tensor weight = Tensors.Random(14, 8, 1, 3, 3, 3).WithGradient();
        DepthwiseConvolution.Apply(x, weight, 1, isCausal: true, buffer).sum().backward();
        Assert.Null(buffer.grad);
        Assert.NotNull(x.grad);
        Assert.NotNull(weight.grad);
    }

    [Fact]
    public void Gradients_that_nobody_needs_are_left_out()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = Tensors.RandomClip(15, 1, 8, 3, 4, 4).WithGradient();
        Tensor weight = Tensors.Random(16, 8, 1, 3, 3, 3);
        DepthwiseConvolution.Apply(x, weight, 2, isCausal: false).sum().backward();
        Assert.NotNull(x.grad);
        Assert.Null(weight.grad);
        using (no_grad()) Assert.False(DepthwiseConvolution.Apply(x, weight, 1, isCausal: false).requires_grad);
    }

    [Fact]
    public void Any_layout_of_the_input_gives_the_same_and_the_output_is_channels_last()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = Tensors.RandomClip(17, 2, 20, 3, 5, 6);
        Tensor weight = Tensors.Random(18, 20, 1, 3, 3, 3);
        Tensor expected = DepthwiseConvolution.Apply(x, weight, 2, isCausal: false);
        Tensor plain = x.contiguous().clone().WithGradient();
        Tensor actual = DepthwiseConvolution.Apply(plain, weight.transpose(3, 4).contiguous().transpose(3, 4), 2, isCausal: false);
        Tensors.AssertSameBits(expected, actual);
        Assert.True(ChannelsLast.IsChannelsLast(actual));
        Assert.True(ChannelsLast.IsChannelsLast(expected));
        actual.sum().backward(); // the gradient arrives expanded, with strides of zero
        Assert.NotNull(plain.grad);
    }

    [Fact]
    public void The_switch_and_double_precision_use_libtorch()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = Tensors.RandomClip(19, 2, 20, 3, 5, 6);
        Tensor weight = Tensors.Random(20, 20, 1, 3, 3, 3);
        Tensor buffer = Tensors.RandomClip(21, 2, 20, 2, 5, 6);
        Tensor own = DepthwiseConvolution.Apply(x, weight, 2, isCausal: true, buffer);
        try
        {
            LibtorchPath.IsOn = true;
            Tensors.AssertClose(own, DepthwiseConvolution.Apply(x, weight, 2, isCausal: true, buffer));
        }
        finally
        {
            LibtorchPath.IsOn = false;
        }

        Tensor precise = DepthwiseConvolution.Apply(x.@double(), weight.@double(), 2, isCausal: true, buffer.@double());
        Assert.Equal(ScalarType.Float64, precise.dtype);
        Tensors.AssertClose(precise.@float(), own);
    }

    [Fact]
    public void Infinities_stay_where_they_belong()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = zeros([1, 16, 1, 12, 12]);
        x[0, 3, 0, 0, 0] = float.PositiveInfinity;
        Tensor y = DepthwiseConvolution.Apply(x, ones([16, 1, 1, 3, 3]), 1, isCausal: true);
        Assert.Equal(4, y.isinf().sum().item<long>());
        Assert.Equal(0, y.isnan().sum().item<long>());
    }

    [Theory]
    [InlineData(null)]
    [InlineData(MoViNetNAS.Spaces.ActivationType.Swish)]
    [InlineData(MoViNetNAS.Spaces.ActivationType.HardSwish)]
    [InlineData(MoViNetNAS.Spaces.ActivationType.Relu)]
    [InlineData(MoViNetNAS.Spaces.ActivationType.Relu6)]
    public void The_fused_form_equals_its_steps(MoViNetNAS.Spaces.ActivationType? activation)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = Tensors.RandomClip(22, 2, 40, 4, 9, 9), weight = Tensors.Random(23, 40, 1, 3, 3, 3);
        Tensor scale = Tensors.Random(24, 40), shift = Tensors.Random(25, 40);
        Tensor steps = ScaleShiftActivation.Apply(DepthwiseConvolution.Apply(x, weight, 2, isCausal: true), scale, shift, activation);
        Tensors.AssertSameBits(steps, DepthwiseConvolution.ApplyFused(x, weight, scale, shift, activation, 2, isCausal: true));
    }

    [Fact]
    public void Wrong_shapes_are_refused()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = zeros([1, 8, 2, 4, 4]);
        Assert.Throws<ArgumentException>(() => DepthwiseConvolution.Apply(zeros([8, 2, 4, 4]), zeros([8, 1, 1, 3, 3]), 1, true));
        Assert.Throws<ArgumentException>(() => DepthwiseConvolution.Apply(x, zeros([9, 1, 1, 3, 3]), 1, true));
        Assert.Throws<ArgumentException>(() => DepthwiseConvolution.Apply(x, zeros([8, 1, 2, 3, 3]), 1, true));
        Assert.Throws<ArgumentOutOfRangeException>(() => DepthwiseConvolution.Apply(x, zeros([8, 1, 1, 3, 3]), 0, true));
        Assert.Throws<ArgumentException>(() => DepthwiseConvolution.Apply(x, zeros([8, 1, 3, 3, 3]), 1, false, zeros([1, 8, 2, 4, 4])));
        Assert.Throws<ArgumentException>(() => DepthwiseConvolution.Apply(x, zeros([8, 1, 3, 3, 3]), 1, true, zeros([1, 8, 3, 4, 4])));
    }

    [Fact]
    public void Training_leaks_no_tensor()
    {
        Tensor weight = Tensors.Random(26, 40, 1, 3, 3, 3).requires_grad_(true);
        long afterSecond = 0;
        for (int step = 1; step <= 20; step++)
        {
            using (NewDisposeScope())
            {
                Tensor x = Tensors.RandomClip(27, 2, 24, 4, 6, 6);
                Tensor buffer = Tensors.RandomClip(28, 2, 24, 2, 6, 6);
                Tensor y = DepthwiseConvolution.Apply(x, weight.narrow(0, 0, 24), 1, isCausal: true, buffer);
                DepthwiseConvolution.Apply(y, weight.narrow(0, 0, 24), 1, isCausal: false).square().mean().backward();
            }

            if (step == 2) afterSecond = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        }

        Assert.Equal(afterSecond, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        weight.Dispose();
    }

    private static void Compare(Case shape, ulong seed)
    {
        using DisposeScope scope = NewDisposeScope();
        Results expected = Run(shape, seed, Reference), actual = Own(shape, seed);
        Tensors.AssertClose(expected.Y, actual.Y);
        Tensors.AssertClose(expected.X, actual.X);
        // A weight's gradient adds B T H W products of size 1 (up to 20 000 here): float32 errs by some 1e-4 of their root sum of squares.
        double absolute = 2e-5 * Math.Sqrt(Math.Max(1, actual.Y.numel() / shape.Channels));
        Tensors.AssertClose(expected.Weight, actual.Weight, absolute: absolute);
    }

    private static Results Own(Case shape, ulong seed) => Run(shape, seed, DepthwiseConvolution.Apply);

    private static Results Run(Case c, ulong seed, Func<Tensor, Tensor, int, bool, Tensor?, Tensor> convolve)
    {
        Tensor x = Tensors.RandomClip(seed, c.Batch, c.Channels, c.Frames, c.Height, c.Width).requires_grad_(true);
        Tensor weight = Tensors.Random(seed + 1000, c.Channels, 1, c.KernelFrames, c.KernelSize, c.KernelSize).requires_grad_(true);
        Tensor? buffer = c.Time == "buffered"
            ? Tensors.RandomClip(seed + 2000, c.Batch, c.Channels, c.KernelFrames - 1, c.Height, c.Width)
            : null;
        Tensor y = convolve(x, weight, c.Stride, c.Time != "centred", buffer);
        y.backward([Tensors.Random(seed + 3000, y.shape).to(y.dtype)]);
        return new Results(y.detach().@float(), x.grad!, weight.grad!);
    }

    /// <summary>Padding and libtorch's convolution, written apart from the code under test.</summary>
    /// <remarks>In double precision and the default layout: the input gradient of libtorch 2.10's float32 convolution by oneDNN,
    /// which it picks for channels-last inputs and for a single channel, is wrong (by the size of the gradient itself).</remarks>
    private static Tensor Reference(Tensor x, Tensor weight, int stride, bool isCausal, Tensor? buffer)
    {
        long kt = weight.shape[2], ks = weight.shape[3];
        (long Before, long After) Same(long size)
        {
            long total = Math.Max(((size + stride - 1) / stride - 1) * stride + ks - size, 0);
            return (total / 2, total - total / 2);
        }

        (long Before, long After) h = Same(x.shape[3]), w = Same(x.shape[4]);
        (long Before, long After) t = isCausal ? (kt - 1, 0) : ((kt - 1) / 2, (kt - 1) / 2);
        x = x.@double().contiguous();
        if (buffer is not null)
        {
            x = cat([buffer.@double(), x], 2);
            t = (0, 0);
        }

        Tensor padded = nn.functional.pad(x, [w.Before, w.After, h.Before, h.After, t.Before, t.After]);
        return nn.functional.conv3d(padded, weight.@double(), strides: [1, stride, stride], groups: x.shape[1]);
    }

    private static void AssertSameBits(Results expected, Results actual)
    {
        Tensors.AssertSameBits(expected.Y, actual.Y);
        Tensors.AssertSameBits(expected.X, actual.X);
        Tensors.AssertSameBits(expected.Weight, actual.Weight);
    }

    private sealed record Case(
        long Batch, long Channels, long Frames, long Height, long Width, long KernelFrames, long KernelSize, int Stride, string Time);

    private sealed record Results(Tensor Y, Tensor X, Tensor Weight);
}
