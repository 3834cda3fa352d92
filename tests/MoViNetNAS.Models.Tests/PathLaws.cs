using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Models.Tests.Kernels;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests;

/// <summary>The own path, libtorch's float32 path and double precision are one network.</summary>
[Collection(KernelCollection.Name)]
public sealed class PathLaws
{
    // float32 against double through a whole network with batch statistics: 2e-4 of the largest element of each tensor.
    private const double Tolerance = 2e-4;

    [Theory]
    [InlineData("base")]
    [InlineData("causal")]
    [InlineData("stream")]
    public void Logits_and_gradients_of_a_supernet_equal_those_in_double_precision(string variantName)
    {
        using var scope = NewDisposeScope();
        var space = TinySpace.Load("tiny");
        var random = new RandomStream(11).Derive(variantName);
        using var supernet = new Supernet(space, NetworkVariant.ByName[variantName], 5, new FirstWeights(random));
        TinySpace.Wake(supernet, random);
        SubnetPath[] paths = [.. Enumerable.Range(0, 4).Select(i => SubnetPath.Of(space.Resolve(space.Sample(random.Derive("path", i)))))];
        var clip = StreamingLaws.Clip(3, 5, 24, random);

        var own = paths.Select(path => LogitsAndGradients(supernet, clip, path)).ToArray();
        var libtorch = OnLibtorch(() => paths.Select(path => LogitsAndGradients(supernet, clip, path)).ToArray());
        supernet.to(ScalarType.Float64);
        var precise = paths.Select(path => LogitsAndGradients(supernet, clip.@double(), path)).ToArray();
        for (int i = 0; i < paths.Length; i++)
        {
            AssertClose(precise[i], own[i]);
            AssertClose(precise[i], libtorch[i]);
        }
    }

    [Theory]
    [InlineData("causal")]
    [InlineData("stream")]
    public void A_stream_on_libtorch_equals_the_own_path(string variantName)
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var space = TinySpace.Load("tiny");
        var random = new RandomStream(12).Derive(variantName);
        using var network = new MoViNet(space.Resolve(space.Sample(random)), NetworkVariant.ByName[variantName], 5, new FirstWeights(random));
        TinySpace.Wake(network, random);
        var clip = StreamingLaws.Clip(2, 7, 24, random);
        double[][] own = Stream(network, clip), libtorch = OnLibtorch(() => Stream(network, clip));
        AssertClose(own, libtorch);
    }

    private static double[][] Stream(MoViNet network, Tensor clip)
    {
        var logits = new List<double[]>();
        var state = network.InitialState(clip.shape[0], (int)clip.shape[3]);
        foreach (var (first, count) in new[] { (0, 1), (1, 3), (4, 2), (6, 1) })
        {
            var (step, next) = network.Step(clip.narrow(2, first, count), state);
            state.Dispose();
            state = next;
            logits.Add(Values(step));
        }

        state.Dispose();
        return [.. logits];
    }

    private static double[][] LogitsAndGradients(Supernet supernet, Tensor clip, SubnetPath path)
    {
        foreach (var parameter in supernet.parameters()) parameter.grad = null;
        var logits = supernet.Classify(clip, path);
        nn.functional.cross_entropy(logits, tensor([0L, 1L, 2L])).backward();
        return [Values(logits), .. supernet.parameters().Select(parameter => parameter.grad is { } gradient ? Values(gradient) : [])];
    }

    private static double[] Values(Tensor x) => [.. x.detach().to(ScalarType.Float64).contiguous().data<double>()];

    private static T OnLibtorch<T>(Func<T> body)
    {
        LibtorchPath.IsOn = true;
        try
        {
            return body();
        }
        finally
        {
            LibtorchPath.IsOn = false;
        }
    }

    private static void AssertClose(double[][] expected, double[][] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        // A gradient that is zero but for rounding is measured against the largest one of the network.
        double floor = 1e-3 * expected.Skip(1).SelectMany(values => values).Select(Math.Abs).DefaultIfEmpty(1).Max();
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].Length, actual[i].Length);
            double largest = Math.Max(expected[i].Select(Math.Abs).DefaultIfEmpty(0).Max(), floor);
            for (int j = 0; j < expected[i].Length; j++) Assert.Equal(expected[i][j], actual[i][j], Tolerance * largest);
        }
    }
}
