using static TorchSharp.torch;

namespace MoViNetNAS.Training.Tests;

public sealed class SgdTests
{
    // By hand: w = 1, momentum 0.9, gradients 0.5, -0.25, 1 at rates 0.1, 0.2, 0.05; the rate is inside the velocity, as in Keras.
    [Theory]
    [InlineData(false, new[] { 0.95, 0.955, 0.9095 })]
    [InlineData(true, new[] { 0.905, 0.9595, 0.86855 })]
    public void Updates_are_those_of_Keras_when_the_rate_changes(bool isNesterov, double[] weights)
    {
        using var scope = NewDisposeScope();
        foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            var w = nn.Parameter(ones(1, dtype: type));
            using var optimizer = new Sgd(OptimizerCase.Named(w), weightDecay: 0, isNesterov: isNesterov);
            double[] values = OptimizerCase.Follow(optimizer, w, [0.5, -0.25, 1], [0.1, 0.2, 0.05]);
            Assert.All(values.Zip(weights), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Updates_are_those_of_PyTorch_while_the_rate_stays(bool isNesterov)
    {
        using var scope = NewDisposeScope();
        var (ours, theirs) = (nn.Parameter(ones(11)), nn.Parameter(ones(11)));
        using var optimizer = new Sgd(OptimizerCase.Named(ours), weightDecay: 0, momentum: 0.8, isNesterov);
        using var reference = optim.SGD([theirs], learningRate: 0.05, momentum: 0.8, nesterov: isNesterov);
        for (int step = 0; step < 5; step++)
        {
            ours.grad = tensor(OptimizerCase.Numbers(11, step)).to(ScalarType.Float32);
            theirs.grad = ours.grad!.clone();
            optimizer.Step(0.05);
            reference.step();
            Assert.All(Tiny.Floats(ours).Zip(Tiny.Floats(theirs)), pair => Assert.Equal(pair.Second, pair.First, 1e-6f));
        }
    }
}
