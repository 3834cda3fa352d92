using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MoViNetNAS.Training.Tests;

public sealed class PathGradientsTests
{
    [Fact]
    public void Gradients_are_added_in_the_order_of_the_paths_whichever_came_first()
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = [nn.Parameter(zeros(2)), nn.Parameter(zeros(3))];
        using var gradients = new PathGradients(parameters);
        float[] factors = [1e8f, 1, -1e8f]; // in this order the 1 is lost to rounding, in others it is not
        gradients.Begin(factors.Length);
        foreach (int path in new[] { 2, 0, 1 }) gradients.Take(path, (parameters[0] * factors[path]).sum(), [parameters[0]]);
        gradients.Assign(skipsUnused: false);
        Assert.All(Tiny.Floats(parameters[0].grad!), value => Assert.Equal(factors[0] + factors[1] + factors[2], value));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_parameter_that_no_path_used_is_skipped_or_gets_zeros_even_after_it_had_others(bool skipsUnused)
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = [nn.Parameter(zeros(2)), nn.Parameter(zeros(3))];
        using var gradients = new PathGradients(parameters);
        foreach (var used in new[] { parameters[1], parameters[0] })
        {
            gradients.Begin(1);
            gradients.Take(0, used.sum() * 5, [used]);
            gradients.Assign(skipsUnused);
        }

        Assert.Equal([5f, 5f], Tiny.Floats(parameters[0].grad!));
        if (skipsUnused) Assert.Null(parameters[1].grad);
        else Assert.Equal([0f, 0f, 0f], Tiny.Floats(parameters[1].grad!));
    }
}
