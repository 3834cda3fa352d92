using static TorchSharp.torch;

namespace MoViNetNAS.Training.Tests;

public sealed class RmsPropTests
{
    // Source: TensorFlow's update, w = 1, rate 2.64, decay 0.9, momentum 0.9, epsilon 1, gradients 0.5 and -0.25: from 1 as TuNAS
    // trains, from 0 as Keras does; worked out in double precision. The learning rate is large, so 1e-6 holds for float32 too.
    [Theory]
    [InlineData(SquareStart.One, new[] { 0.925, 0.83875 }, new[] { 0.951390, 0.369527 }, new[] { 0.048610, -0.320917 })]
    [InlineData(SquareStart.Zero, new[] { 0.025, 0.02875 }, new[] { 1.3038031, 0.5227105 }, new[] { -0.3038031, -0.8265135 })]
    public void Updates_are_those_of_TensorFlow(SquareStart start, double[] squares, double[] momenta, double[] weights)
    {
        using var scope = NewDisposeScope();
        foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64 }) // our loop, and libtorch's operations
        {
            var w = nn.Parameter(ones(1, dtype: type));
            using var optimizer = new RmsProp(OptimizerCase.Named(w), weightDecay: 0, start: start);
            for (int step = 0; step < 2; step++)
            {
                w.grad = full([1], step == 0 ? 0.5 : -0.25, dtype: type);
                optimizer.Step(2.64);
                double[] state = [.. optimizer.State.Select(entry => entry.Value.to(ScalarType.Float64).item<double>())];
                Assert.Equal(squares[step], state[0], 1e-6);
                Assert.Equal(momenta[step], state[1], 1e-6);
                Assert.Equal(weights[step], w.to(ScalarType.Float64).item<double>(), 1e-6);
            }
        }
    }

    [Fact]
    public void It_is_not_the_RMSProp_of_PyTorch()
    {
        using var scope = NewDisposeScope();
        var (ours, theirs) = (nn.Parameter(ones(1)), nn.Parameter(ones(1)));
        using var optimizer = new RmsProp(OptimizerCase.Named(ours), weightDecay: 0);
        using var reference = optim.RMSProp([theirs], lr: 0.1, alpha: 0.9, eps: 1, momentum: 0.9);
        theirs.grad = full([1], 0.5f);
        reference.step();
        OptimizerCase.Follow(optimizer, ours, [0.5], [0.1]);
        Assert.True(Math.Abs(ours.item<float>() - theirs.item<float>()) > 5e-3);
    }

    [Fact]
    public void Its_settings_are_those_of_the_published_networks() =>
        Assert.Equal(new RmsPropSettings(Decay: 0.9, Momentum: 0.9, Epsilon: 1, Start: SquareStart.Zero), new RmsPropSettings());
}
