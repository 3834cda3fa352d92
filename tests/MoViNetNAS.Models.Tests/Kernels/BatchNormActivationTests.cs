using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests.Kernels;

[Collection(KernelCollection.Name)]
public sealed class BatchNormActivationTests
{
    private const double Epsilon = 1e-3;

    [Theory]
    [InlineData(null)]
    [InlineData(ActivationType.Swish)]
    [InlineData(ActivationType.HardSwish)]
    [InlineData(ActivationType.Relu)]
    [InlineData(ActivationType.Relu6)]
    public void Output_gradients_and_statistics_equal_libtorch(ActivationType? activation)
    {
        using DisposeScope scope = NewDisposeScope();
        foreach (long channels in new long[] { 1, 3, 8, 17, 24, 80 })
        {
            foreach ((long batch, long frames, long side) in new (long, long, long)[] { (2, 1, 1), (2, 3, 5), (6, 8, 16) })
            {
                using DisposeScope inner = NewDisposeScope();
                Results expected = Run([batch, channels, frames, side, side], activation, 2.5, Reference);
                Results actual = Run([batch, channels, frames, side, side], activation, 2.5, BatchNormActivation.Apply);
                AssertClose(expected, actual);
            }
        }
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
            AssertClose(
                Run([2, 37, 3, 7, 11], ActivationType.Swish, 0, Reference),
                Run([2, 37, 3, 7, 11], ActivationType.Swish, 0, BatchNormActivation.Apply));
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
        Results expected = Run([8, 40, 8, 16, 16], ActivationType.Swish, 1, BatchNormActivation.Apply);
        try
        {
            foreach (int count in new[] { 1, 2, 2, 3 })
            {
                set_num_threads(count);
                Results actual = Run([8, 40, 8, 16, 16], ActivationType.Swish, 1, BatchNormActivation.Apply);
                foreach ((Tensor one, Tensor other) in expected.All.Zip(actual.All)) Tensors.AssertSameBits(one, other);
            }
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Fact]
    public void A_mean_far_from_zero_leaves_the_variance_right()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = Tensors.RandomClip(1, 4, 20, 8, 16, 16) + 1000;
        Tensor mean = zeros(20), variance = zeros(20);
        BatchNormActivation.Apply(x, ones(20), zeros(20), Epsilon, null, mean, variance);
        Tensor precise = x.@double();
        Tensors.AssertClose(precise.mean([0, 2, 3, 4]).@float(), mean, relative: 1e-7);
        Tensors.AssertClose(precise.var([0, 2, 3, 4], unbiased: false).@float(), variance, relative: 1e-6, absolute: 1e-6);
    }

    [Fact]
    public void Swish_is_right_for_every_size_of_its_argument()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor z = linspace(-120, 120, 100_000).reshape(1, 1, 1, 1, -1);
        Tensor y = ScaleShiftActivation.Apply(z.expand(1, 16, 1, 1, -1), ones(16), zeros(16), ActivationType.Swish);
        Tensor expected = nn.functional.silu(z.@double()).@float().expand(1, 16, 1, 1, -1);
        Tensors.AssertClose(expected, y, relative: 1e-6, absolute: 1e-7); // a few units in the last place
        Assert.True(ScaleShiftActivation.Apply(full([1, 16, 1, 1, 1], float.NaN), ones(16), zeros(16), ActivationType.Swish).isnan().all().item<bool>());
    }

    [Fact]
    public void Hard_swish_has_the_derivative_of_libtorch_at_its_kinks()
    {
        using DisposeScope scope = NewDisposeScope();
        // Two positions per channel, -1 and 1, so that gamma 3 and epsilon 0 put z on both kinks.
        Tensor x = tensor(new float[] { -1, 1 }).reshape(1, 1, 1, 1, 2).WithGradient();
        Tensor gamma = tensor(new float[] { 3 }).WithGradient(), beta = zeros(1).WithGradient();
        BatchNormActivation.Apply(x, gamma, beta, 0, ActivationType.HardSwish).sum().backward();
        Assert.Equal(1f, beta.grad!.item<float>(), 1e-6f); // -0.5 at -3 and 1.5 at 3
    }

    [Fact]
    public void Sliced_parameters_get_gradients_and_x_needs_none()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor gamma = ones(40).WithGradient(), beta = zeros(40).WithGradient();
        Tensor x = Tensors.RandomClip(2, 2, 24, 2, 3, 3);
        BatchNormActivation.Apply(x, gamma.narrow(0, 0, 24), beta.narrow(0, 0, 24), Epsilon, ActivationType.Swish).sum().backward();
        Assert.NotEqual(0f, beta.grad![23].item<float>());
        Assert.Equal(0f, beta.grad![24].item<float>());
        Assert.NotEqual(0f, gamma.grad![23].item<float>());
        Assert.Null(x.grad);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(ActivationType.Swish)]
    [InlineData(ActivationType.HardSwish)]
    [InlineData(ActivationType.Relu)]
    [InlineData(ActivationType.Relu6)]
    public void Scale_and_shift_equal_libtorch_also_in_place(ActivationType? activation)
    {
        using DisposeScope scope = NewDisposeScope();
        foreach (long channels in new long[] { 1, 3, 8, 17, 24, 80 })
        {
            Tensor x = Tensors.RandomClip(3, 2, channels, 3, 4, 5), scale = Tensors.Random(4, channels), shift = Tensors.Random(5, channels);
            Tensor z = x * scale.view(1, -1, 1, 1, 1) + shift.view(1, -1, 1, 1, 1);
            Tensor expected = Activate(z, activation);
            Tensor y = ScaleShiftActivation.Apply(x, scale, shift, activation);
            Tensors.AssertClose(expected, y, relative: 1e-5, absolute: 1e-6);
            ScaleShiftActivation.ApplyInPlace(x, scale, shift, activation);
            Tensors.AssertSameBits(y, x);
        }
    }

    [Fact]
    public void The_switch_uses_libtorch()
    {
        using DisposeScope scope = NewDisposeScope();
        Results own = Run([2, 24, 3, 4, 4], ActivationType.Swish, 0, BatchNormActivation.Apply);
        try
        {
            LibtorchPath.IsOn = true;
            AssertClose(Run([2, 24, 3, 4, 4], ActivationType.Swish, 0, BatchNormActivation.Apply), own);
        }
        finally
        {
            LibtorchPath.IsOn = false;
        }
    }

    [Fact]
    public void Training_leaks_no_tensor()
    {
        Tensor gamma = ones(24).WithGradient(), beta = zeros(24).WithGradient(), mean = zeros(24), variance = zeros(24);
        long afterSecond = 0;
        for (int step = 1; step <= 20; step++)
        {
            using (NewDisposeScope())
            {
                Tensor x = Tensors.RandomClip(6, 2, 24, 4, 6, 6).requires_grad_(true);
                Tensor y = BatchNormActivation.Apply(x, gamma, beta, Epsilon, ActivationType.Swish, mean, variance);
                BatchNormActivation.Apply(y, gamma, beta, Epsilon, null).square().mean().backward();
            }

            if (step == 2) afterSecond = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        }

        Assert.Equal(afterSecond, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        foreach (Tensor t in new[] { gamma, beta, mean, variance }) t.Dispose();
    }

    /// <summary>In double precision: in float32 libtorch itself may fall on the other side of a kink of HardSwish.</summary>
    private static Tensor Reference(
        Tensor x, Tensor gamma, Tensor beta, double epsilon, ActivationType? activation, Tensor? meanOut, Tensor? varianceOut)
    {
        using (no_grad())
        {
            meanOut!.copy_(x.mean([0, 2, 3, 4]));
            varianceOut!.copy_(x.var([0, 2, 3, 4], unbiased: false));
        }

        Tensor normalised = nn.functional.batch_norm(
            x.@double(), null!, null!, gamma.@double(), beta.@double(), training: true, eps: epsilon);
        return Activate(normalised, activation);
    }

    private static Tensor Activate(Tensor z, ActivationType? activation) => activation switch
    {
        ActivationType.Swish => nn.functional.silu(z),
        ActivationType.HardSwish => nn.functional.hardswish(z),
        ActivationType.Relu => nn.functional.relu(z),
        ActivationType.Relu6 => nn.functional.relu6(z),
        _ => z,
    };

    private static Results Run(
        long[] shape, ActivationType? activation, double offset,
        Func<Tensor, Tensor, Tensor, double, ActivationType?, Tensor?, Tensor?, Tensor> norm)
    {
        Tensor x = (Tensors.RandomClip(7, shape) + offset).detach().requires_grad_(true);
        Tensor gamma = (Tensors.Random(8, shape[1]) + 1).detach().requires_grad_(true);
        Tensor beta = Tensors.Random(9, shape[1]).requires_grad_(true);
        Tensor mean = zeros(shape[1]), variance = zeros(shape[1]);
        Tensor y = norm(x, gamma, beta, Epsilon, activation, mean, variance);
        y.backward([Tensors.Random(10, y.shape).to(y.dtype)]);
        return new Results(y.detach().@float(), x.grad!, gamma.grad!, beta.grad!, mean, variance);
    }

    private static void AssertClose(Results expected, Results actual)
    {
        // Sums over up to 12 288 positions of values of size 1 err by about 1e-4 in float32.
        double absolute = 2e-5 * Math.Sqrt(expected.Y.numel() / expected.Mean.numel());
        Tensors.AssertClose(expected.Y, actual.Y);
        // One position per clip makes the deviation small and the gradient large and cancelling.
        Tensors.AssertClose(expected.X, actual.X, absolute: 1e-4);
        Tensors.AssertClose(expected.Gamma, actual.Gamma, absolute: absolute);
        Tensors.AssertClose(expected.Beta, actual.Beta, absolute: absolute);
        Tensors.AssertClose(expected.Mean, actual.Mean);
        Tensors.AssertClose(expected.Variance, actual.Variance);
    }

    private sealed record Results(Tensor Y, Tensor X, Tensor Gamma, Tensor Beta, Tensor Mean, Tensor Variance)
    {
        internal IEnumerable<Tensor> All => [Y, X, Gamma, Beta, Mean, Variance];
    }
}
