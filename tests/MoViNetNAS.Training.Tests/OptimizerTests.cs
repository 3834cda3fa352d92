using MoViNetNAS.Spaces;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MoViNetNAS.Training.Tests;

public sealed class OptimizerTests
{
    public static TheoryData<string> Names => OptimizerCase.Names;

    // 37 numbers: whole vectors and a rest. 1e-6: double against single precision.
    [Theory]
    [MemberData(nameof(Names))]
    public void Our_loop_and_the_operations_of_libtorch_move_alike(string name)
    {
        using var scope = NewDisposeScope();
        var values = tensor(OptimizerCase.Numbers(37, 1));
        Parameter single = nn.Parameter(values.to(ScalarType.Float32).view(37, 1)), exact = nn.Parameter(values.view(37, 1));
        using var ours = OptimizerCase.Settings(name).For(OptimizerCase.Named(single), 0.01);
        using var theirs = OptimizerCase.Settings(name).For(OptimizerCase.Named(exact), 0.01);
        for (int step = 0; step < 6; step++)
        {
            var gradient = tensor(OptimizerCase.Numbers(37, 2 + step)).view(37, 1);
            single.grad = gradient.to(ScalarType.Float32);
            exact.grad = gradient.clone();
            ours.Step(0.05, new GradientLimits(Joint: 2, Each: 3));
            theirs.Step(0.05, new GradientLimits(Joint: 2, Each: 3));
            Assert.All(Tiny.Floats(single).Zip(Tiny.Floats(exact.to(ScalarType.Float32))), pair => Assert.Equal(pair.Second, pair.First, 1e-6f));
        }

        Assert.Equal(6, ours.Updates);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Saved_and_loaded_it_goes_on_bit_for_bit(string name)
    {
        using var scope = NewDisposeScope();
        var parameter = nn.Parameter(tensor(OptimizerCase.Numbers(19, 1)).to(ScalarType.Float32));
        using var first = OptimizerCase.Settings(name).For(OptimizerCase.Named(parameter), 0.01);
        for (int step = 0; step < 3; step++) Learn(first, parameter, step);
        var copy = nn.Parameter(parameter.detach().clone());
        using var second = OptimizerCase.Settings(name).For(OptimizerCase.Named(copy), 0.01);
        second.Load(first.State.ToDictionary(entry => entry.Key, entry => entry.Value.clone()), first.Updates, "saved");
        for (int step = 3; step < 6; step++)
        {
            Learn(first, parameter, step);
            Learn(second, copy, step);
        }

        Assert.Equal(Tiny.Floats(parameter), Tiny.Floats(copy));
        Assert.Equal(first.Updates, second.Updates);
        string missing = first.State.First().Key;
        Assert.Contains($"x.safetensors: there is no tensor '{missing}'", Assert.Throws<InputException>(() => second.Load(new Dictionary<string, Tensor>(), 1, "x.safetensors")).Message);
    }

    // The gradient of weightDecay / 2 * w^2 with nothing else, so the first step shows it.
    [Theory]
    [InlineData("rmsprop")]
    [InlineData("sgd")]
    public void Weight_decay_is_a_gradient_of_kernels_but_the_classifiers(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Tiny.Network(NetworkVariant.Stream with { HasPositionalEncoding = true });
        using var optimizer = OptimizerCase.Settings(name).For(network.named_parameters(), 0.5);
        foreach (var (_, parameter) in network.named_parameters()) parameter.grad = zeros_like(parameter);
        var before = Tiny.Values(network);
        optimizer.Step(0.1);
        var parameters = network.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
        foreach (var (key, parameter) in parameters)
        {
            bool decays = parameter.dim() > 1 && key != "network.head.classifier.weight";
            float[] gradient = Tiny.Floats(parameter.grad!);
            Assert.All(gradient.Zip(before[key]), pair => Assert.Equal(decays ? 0.5f * pair.Second : 0, pair.First, 1e-6f));
            if (!decays) Assert.Equal(before[key], Tiny.Floats(parameter));
            else Assert.NotEqual(before[key], Tiny.Floats(parameter));
        }

        string[] spared = [.. parameters.Keys.Where(key => Tiny.Floats(parameters[key]).AsSpan().SequenceEqual(before[key]))];
        Assert.Contains("network.head.classifier.weight", spared);
        Assert.Contains(spared, key => key.EndsWith("positionScale", StringComparison.Ordinal));
        Assert.Contains(spared, key => key.EndsWith("residualScale", StringComparison.Ordinal));
        Assert.DoesNotContain("network.head.dense.weight", spared);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_step_leaves_no_tensors_behind(string name)
    {
        using var parameter = nn.Parameter(ones(5, 3));
        using var exact = nn.Parameter(ones(5, 3, dtype: ScalarType.Float64));
        using var optimizer = OptimizerCase.Settings(name).For(OptimizerCase.Named(parameter, exact), 0.1);
        long after2 = 0;
        for (int step = 1; step <= 20; step++)
        {
            using (NewDisposeScope())
            {
                optimizer.Gradients.Clear();
                (parameter.square().sum() + exact.square().sum()).backward();
                Assert.Null(optimizer.Gradients.FirstBroken());
                optimizer.Step(0.01, new GradientLimits(1, 1));
            }

            if (step == 2) after2 = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        }

        Assert.Equal(after2, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static void Learn(IOptimizer optimizer, Parameter parameter, int step)
    {
        parameter.grad = tensor(OptimizerCase.Numbers(19, 10 + step)).to(ScalarType.Float32);
        optimizer.Step(0.05);
    }
}
