using System.Collections.Immutable;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests;

public sealed class SupernetLaws
{
    /// <summary>Slicing is sharing: a stand-alone network given the supernet's first rows and columns answers the same.</summary>
    [Theory]
    [InlineData("base")]
    [InlineData("causal")]
    [InlineData("stream")]
    public void A_path_equals_the_network_that_has_its_slices(string variantName)
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var space = TinySpace.Load("tiny");
        var variant = NetworkVariant.ByName[variantName];
        using var supernet = new Supernet(space, variant, 5, new FirstWeights(new RandomStream(3)));
        TinySpace.Wake(supernet, new RandomStream(4));
        for (int i = 0; i < 8; i++)
        {
            var random = new RandomStream(5).Derive(variantName, i);
            var architecture = space.Resolve(space.Sample(random));
            using var network = new MoViNet(architecture, variant, 5, new FirstWeights(random));
            supernet.CopyTo(network);
            var clip = StreamingLaws.Clip(3, 4, 32, random);
            float[] expected = network.Classify(clip, ForwardMode.Batch).data<float>().ToArray();
            float[] actual = supernet.Classify(clip, SubnetPath.Of(architecture)).data<float>().ToArray();
            for (int j = 0; j < expected.Length; j++) Assert.Equal(expected[j], actual[j], 1e-4f * Math.Max(1, expected.Max(Math.Abs)));
        }
    }

    [Fact]
    public void Averaged_branches_are_the_mean_of_the_branches_where_only_one_layer_has_several()
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var space = TinySpace.Load("tiny");
        using var supernet = new Supernet(space, NetworkVariant.Causal, 5, new FirstWeights(new RandomStream(3)));
        TinySpace.Wake(supernet, new RandomStream(4));
        int kernel = Enumerable.Range(0, space.Decisions.Length).First(d => space.Decisions[d].Tag == DecisionTag.Kernel);
        ImmutableArray<int>[] Enabled(params int[] kernels) =>
            [.. space.Decisions.Select((_, d) => d == kernel ? ImmutableArray.Create(kernels) : [0])];
        var clip = StreamingLaws.Clip(2, 4, 32, new RandomStream(6));

        // The same branch twice is the branch itself; two different ones are neither.
        float[] Logits(params int[] kernels) => supernet.Classify(clip, space.Path(Enabled(kernels))).data<float>().ToArray();
        float[] a = Logits(0), twice = Logits(0, 0), b = Logits(5), both = Logits(0, 5);
        for (int i = 0; i < a.Length; i++) Assert.Equal(a[i], twice[i], 1e-5f);
        Assert.Contains(both.Zip(a), pair => Math.Abs(pair.First - pair.Second) > 1e-4);
        Assert.Contains(both.Zip(b), pair => Math.Abs(pair.First - pair.Second) > 1e-4);
    }

    [Theory]
    [InlineData("base")]
    [InlineData("causal")]
    [InlineData("stream")]
    public void The_parameters_of_a_path_are_those_that_get_gradients(string variantName)
    {
        using var scope = NewDisposeScope();
        var space = TinySpace.Load("tiny");
        using var supernet = new Supernet(space, NetworkVariant.ByName[variantName], 5, new FirstWeights(new RandomStream(3)));
        for (int i = 0; i < 6; i++)
        {
            var random = new RandomStream(8).Derive(variantName, i);
            var path = i == 0 ? space.Path([.. space.Decisions.Select(decision => ImmutableArray.CreateRange(Enumerable.Range(0, decision.OptionCount)))])
                : SubnetPath.Of(space.Resolve(space.Sample(random)));
            foreach (var parameter in supernet.parameters()) parameter.grad = null;
            supernet.Classify(StreamingLaws.Clip(2, 3, 32, random), path).sum().backward();
            string[] Names(Func<TorchSharp.Modules.Parameter, bool> isMeant) =>
                [.. supernet.named_parameters().Where(p => isMeant(p.parameter)).Select(p => p.name)];
            var used = supernet.ParametersOf(path).ToHashSet(ReferenceEqualityComparer.Instance);
            Assert.Equal(Names(parameter => parameter.grad is not null), Names(parameter => used.Contains(parameter)));
            Assert.Equal(used.Count, supernet.ParametersOf(path).Count());
        }
    }

    [Fact]
    public void A_training_step_leaves_no_tensors_behind()
    {
        var space = TinySpace.Load("tiny");
        using var supernet = new Supernet(space, NetworkVariant.Causal, 5, new FirstWeights(new RandomStream(3)));
        long after2 = 0;
        for (int step = 1; step <= 20; step++)
        {
            var random = new RandomStream(7).Derive("step", step);
            using (NewDisposeScope())
            {
                var logits = supernet.Classify(StreamingLaws.Clip(2, 3, 32, random), SubnetPath.Of(space.Largest()));
                logits.sum().backward();
            }

            if (step == 2) after2 = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        }

        Assert.Equal(after2, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }
}
