using MoViNetNAS.Spaces;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MoViNetNAS.Training.Tests;

public sealed class AdamWTests
{
    // The reference decays everything, so it is compared on matrices. 1e-6: the roots are taken in another order.
    [Fact]
    public void Steps_equal_those_of_the_reference_implementation()
    {
        using var scope = NewDisposeScope();
        Parameter[] ours = Matrices(), theirs = Matrices();
        using var optimizer = new AdamW(Named(ours), weightDecay: 0.1, beta1: 0.8, beta2: 0.95, epsilon: 1e-6);
        using var reference = optim.AdamW(theirs, lr: 0.05, beta1: 0.8, beta2: 0.95, eps: 1e-6, weight_decay: 0.1);
        for (int step = 0; step < 6; step++)
        {
            optimizer.ClearGradients();
            reference.zero_grad();
            Loss(ours, step).backward();
            Loss(theirs, step).backward();
            optimizer.Step(0.05);
            reference.step();
            for (int i = 0; i < ours.Length; i++)
                Assert.All(Tiny.Floats(ours[i]).Zip(Tiny.Floats(theirs[i])), pair => Assert.Equal(pair.Second, pair.First, 1e-6f));
        }

        Assert.Equal(6, optimizer.Updates);
    }

    [Fact]
    public void Only_matrices_and_kernels_decay()
    {
        using var scope = NewDisposeScope();
        long[][] shapes = [[2, 3], [4, 2, 3, 1, 1], [5], []];
        Parameter[] parameters = [.. shapes.Select(shape => nn.Parameter(ones(shape)))];
        foreach (var parameter in parameters) parameter.grad = zeros_like(parameter);
        using var optimizer = new AdamW(Named(parameters), weightDecay: 0.5);
        optimizer.Step(0.1);
        Assert.All(Tiny.Floats(parameters[0]).Concat(Tiny.Floats(parameters[1])), value => Assert.Equal(0.95f, value));
        Assert.All(Tiny.Floats(parameters[2]).Concat(Tiny.Floats(parameters[3])), value => Assert.Equal(1f, value));
    }

    [Fact]
    public void Saved_and_loaded_moments_go_on_bit_for_bit()
    {
        using var scope = NewDisposeScope();
        var parameters = Matrices();
        using var optimizer = new AdamW(Named(parameters), weightDecay: 0.1);
        for (int step = 0; step < 3; step++) Learn(optimizer, parameters, step);

        Parameter[] copies = [.. parameters.Select(parameter => nn.Parameter(parameter.detach().clone()))];
        using var resumed = new AdamW(Named(copies), weightDecay: 0.1);
        resumed.Load(optimizer.State.ToDictionary(entry => entry.Key, entry => entry.Value.clone()), optimizer.Updates, "saved");
        for (int step = 3; step < 6; step++)
        {
            Learn(optimizer, parameters, step);
            Learn(resumed, copies, step);
        }

        for (int i = 0; i < parameters.Length; i++) Assert.Equal(Tiny.Floats(parameters[i]), Tiny.Floats(copies[i]));
        Assert.Equal(optimizer.Updates, resumed.Updates);
    }

    [Fact]
    public void Clipping_scales_all_gradients_to_the_joint_norm_and_leaves_small_ones_alone()
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = [nn.Parameter(zeros(2, 2)), nn.Parameter(zeros(3))];
        parameters[0].grad = full([2, 2], 3f); // joint norm: sqrt(4 * 9 + 3 * 36) = 12
        parameters[1].grad = full([3], 6f);
        using var optimizer = new AdamW(Named(parameters), weightDecay: 0);
        optimizer.ClipGradients(24);
        Assert.All(Tiny.Floats(parameters[0].grad!), value => Assert.Equal(3f, value));
        optimizer.ClipGradients(4);
        Assert.All(Tiny.Floats(parameters[0].grad!), value => Assert.Equal(1f, value, 1e-6f));
        Assert.All(Tiny.Floats(parameters[1].grad!), value => Assert.Equal(2f, value, 1e-6f));
    }

    [Fact]
    public void A_missing_or_misshapen_moment_is_named_with_the_file()
    {
        using var scope = NewDisposeScope();
        using var optimizer = new AdamW(Named(Matrices()), weightDecay: 0);
        var state = optimizer.State.ToDictionary(entry => entry.Key, entry => entry.Value.clone());
        state["adam.square.p1"] = zeros(1);
        string message = Assert.Throws<InputException>(() => optimizer.Load(state, 1, "x.safetensors")).Message;
        Assert.Contains("x.safetensors", message);
        Assert.Contains("'adam.square.p1' has the shape [1]; here it is [2, 3]", message);
        state.Remove("adam.square.p1");
        Assert.Contains("x.safetensors: there is no tensor 'adam.square.p1'", Assert.Throws<InputException>(() => optimizer.Load(state, 1, "x.safetensors")).Message);
    }

    private static void Learn(AdamW optimizer, Parameter[] parameters, int step)
    {
        optimizer.ClearGradients();
        Loss(parameters, step).backward();
        optimizer.Step(0.05);
    }

    private static (string, Parameter)[] Named(Parameter[] parameters) => [.. parameters.Select((parameter, i) => ($"p{i}", parameter))];

    private static Parameter[] Matrices() => [nn.Parameter(Uniform([3, 4], 1)), nn.Parameter(Uniform([2, 3], 2))];

    private static Tensor Loss(Parameter[] matrices, int step) =>
        matrices[1].matmul(matrices[0].matmul(Uniform([4, 5], 10 + step)).tanh()).square().sum();

    private static Tensor Uniform(long[] shape, int seed)
    {
        var random = new RandomStream((ulong)seed);
        return tensor([.. Enumerable.Range(0, (int)shape.Aggregate((a, b) => a * b)).Select(_ => (float)random.Uniform(-1, 1))], shape);
    }
}
