using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MoViNetNAS.Training.Tests;

public sealed class ParameterGradientsTests
{
    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Each_gradient_is_scaled_to_the_limit_and_small_ones_keep_their_bits(ScalarType type)
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = Of(type, full([4, 9], 0.5), full([2], 0.1), full([0], 1)); // norms 3, 0.14 and none
        var gradients = new ParameterGradients(OptimizerCase.Named(parameters));
        gradients.Limit(new GradientLimits(Joint: 0, Each: 1));
        Assert.All(Values(parameters[0]), value => Assert.Equal(0.5 / 3, value, 1e-6));
        Assert.All(Values(parameters[1]), value => Assert.Equal((double)0.1f, value, type == ScalarType.Float32 ? 0 : 1e-8));
    }

    [Fact]
    public void Each_is_limited_before_all_are()
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = Of(ScalarType.Float32, full([1], 30.0), full([1], 40.0));
        new ParameterGradients(OptimizerCase.Named(parameters)).Limit(new GradientLimits(Joint: 1, Each: 10)); // 10 and 10, then jointly 1
        Assert.All(parameters, parameter => Assert.Equal(Math.Sqrt(0.5), Values(parameter)[0], 1e-6));
    }

    // The 7th of 9 and the 9th: inside a vector and in the rest.
    [Theory]
    [InlineData(float.NaN, 6)]
    [InlineData(float.PositiveInfinity, 8)]
    [InlineData(float.NegativeInfinity, 0)]
    [InlineData(1e30f, 8)] // its square, which RMSProp and Adam would remember, is infinite
    public void The_parameter_with_a_broken_gradient_is_named(float poison, int index)
    {
        using var scope = NewDisposeScope();
        foreach (bool isElsewhere in new[] { false, true })
        {
            Parameter[] parameters = Of(ScalarType.Float32, full([9], 1e18), full([3, 3], 2.0), ones(1));
            var gradients = new ParameterGradients(OptimizerCase.Named(parameters));
            Assert.Null(gradients.FirstBroken());
            var gradient = full([9], 2f);
            gradient[index] = poison;
            gradient = gradient.view(3, 3);
            parameters[1].grad = isElsewhere ? gradient.t() : gradient; // a transposed one takes the way of other devices
            Assert.Equal("p1", gradients.FirstBroken());
            gradients.Clear();
            Assert.Null(gradients.FirstBroken());
        }
    }

    private static Parameter[] Of(ScalarType type, params Tensor[] gradients)
    {
        var parameters = gradients.Select(gradient => nn.Parameter(zeros(gradient.shape, dtype: type))).ToArray();
        for (int i = 0; i < parameters.Length; i++) parameters[i].grad = gradients[i].to(type);
        return parameters;
    }

    private static double[] Values(Parameter parameter) => parameter.grad!.to(ScalarType.Float64).data<double>().ToArray();
}
