using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Models.Tests.Kernels;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests;

/// <summary>Networks in bfloat16 beside themselves in float32: near logits, gradients in the same direction, float32 where it is promised.</summary>
[Collection(KernelCollection.Name)]
public sealed class PrecisionLaws
{
    private const int Classes = 5;

    // One rounding errs by up to 2^-8, and those of some dozen layers partly cancel. Measured: 0.8 % of the largest logit at most.
    private const double LogitTolerance = 0.02;

    // Measured: 0.9998 and more. With norms over two clips of single cells it is no law: their gradients are steep.
    private const double SameDirection = 0.999;

    public static TheoryData<string> Networks() => ["base", "causal", "stream", "mobilenetv3-small-tsm"];

    public static TheoryData<string> Streams() => ["causal", "stream", "mobilenetv3-small-tsm"];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Logits_are_float32_and_near_those_of_float32(string name)
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        using var network = Make(name);
        var clip = Clip(name);
        foreach (var norm in new[] { NormMode.Evaluation, NormMode.Batch })
        {
            Tensor exact = network.Classify(clip, new ForwardMode(norm)), rounded = network.Classify(clip, Mode(norm));
            Assert.Equal(ScalarType.Float32, rounded.dtype);
            double apart = (exact - rounded).abs().max().item<float>() / exact.abs().max().item<float>();
            Assert.InRange(apart, 1e-6, LogitTolerance); // not the same: something was rounded
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Gradients_reach_the_same_float32_weights_and_point_the_same_way(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Make(name);
        var exact = Gradients(network, Clip(name), ForwardMode.Batch);
        var rounded = Gradients(network, Clip(name), Mode(NormMode.Batch));
        Assert.Equal(exact.Keys, rounded.Keys);
        Assert.All(network.parameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.grad?.dtype));
        Assert.All(rounded, entry => Assert.True(Array.TrueForAll(entry.Value, double.IsFinite), entry.Key));
        double[] a = [.. exact.Values.SelectMany(values => values)], b = [.. rounded.Values.SelectMany(values => values)];
        double cosine = Dot(a, b) / Math.Sqrt(Dot(a, a) * Dot(b, b));
        Assert.InRange(cosine, SameDirection, 1);
        Assert.InRange(Math.Sqrt(Dot(b, b) / Dot(a, a)), 0.95, 1.05);
    }

    [Fact]
    public void Every_layer_of_a_MoViNet_gives_bfloat16()
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        using var network = (MoViNet)Make("causal");
        var types = new List<ScalarType>();
        network.Network.Walk(
            Clip("causal"), SubnetPath.Of(network.Architecture), Mode(NormMode.Batch), null, false, out _, layer => types.Add(layer.dtype));
        Assert.Equal(network.Architecture.LayerCount, types.Count);
        Assert.All(types, type => Assert.Equal(ScalarType.BFloat16, type));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_pass_leaves_weights_and_running_averages_float32_and_the_averages_near_those_of_float32(string name)
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        using VideoNetwork network = Make(name), other = Make(name);
        network.Classify(Clip(name), Mode(NormMode.Training));
        other.Classify(Clip(name), new ForwardMode(NormMode.Training));
        Assert.All(network.state_dict(), entry => Assert.Equal(ScalarType.Float32, entry.Value.dtype));
        foreach (var ((bufferName, rounded), (_, exact)) in network.named_buffers().Zip(other.named_buffers()))
        {
            double apart = (exact - rounded).abs().max().item<float>() / Math.Max(1, exact.abs().max().item<float>());
            Assert.True(apart < LogitTolerance, $"{bufferName}: {apart}");
        }
    }

    // A norm over a batch has its own statistics in each part of a clip, so streams are compared with running averages.
    [Theory]
    [MemberData(nameof(Streams))]
    public void A_stream_carries_float32_and_equals_the_whole_clip(string name)
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        using var network = Make(name);
        var clip = Clip(name);
        var mode = Mode(NormMode.Evaluation);
        var whole = network.Classify(clip, mode);
        foreach (int length in new[] { (int)clip.shape[2], 2, 1 })
        {
            var state = network.InitialState(clip.shape[0], (int)clip.shape[3]);
            Tensor last = whole;
            for (int start = 0; start < clip.shape[2]; start += length)
            {
                (last, var next) = network.Step(clip.narrow(2, start, Math.Min(length, clip.shape[2] - start)), state, mode);
                Assert.Equal(state.Bytes, next.Bytes);
                Assert.All(next.Tensors, tensor => Assert.Equal(ScalarType.Float32, tensor.dtype));
                state.Dispose();
                state = next;
            }

            // Frames are rounded before they are carried, so nothing is lost; means over time are added up in another order.
            double apart = (whole - last).abs().max().item<float>() / whole.abs().max().item<float>();
            Assert.InRange(apart, 0, length == clip.shape[2] ? 0 : LogitTolerance / 4);
            state.Dispose();
        }
    }

    [Fact]
    public void A_supernet_along_a_path_is_near_itself_in_float32()
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var space = TinySpace.Load("tiny");
        var random = new RandomStream(7);
        using var supernet = new Supernet(space, NetworkVariant.Causal, Classes, new FirstWeights(random, ResidualScale: 1));
        var path = SubnetPath.Of(space.Resolve(space.Sample(random)));
        Tensor exact = supernet.Classify(Clip("causal"), path), rounded = supernet.Classify(Clip("causal"), path, Precision.BFloat16);
        double apart = (exact - rounded).abs().max().item<float>() / exact.abs().max().item<float>();
        Assert.InRange(apart, 1e-6, LogitTolerance);
    }

    private static ForwardMode Mode(NormMode norm) => new(norm, Precision: Precision.BFloat16);

    private static SortedDictionary<string, double[]> Gradients(VideoNetwork network, Tensor clip, ForwardMode mode)
    {
        foreach (var parameter in network.parameters()) parameter.grad = null;
        nn.functional.cross_entropy(network.Classify(clip, mode), tensor([0L, 1L, 2L])).backward();
        return new SortedDictionary<string, double[]>(
            network.named_parameters().Where(entry => entry.parameter.grad is not null).ToDictionary(
                entry => entry.name, entry => entry.parameter.grad!.to(ScalarType.Float64).contiguous().data<double>().ToArray()),
            StringComparer.Ordinal);
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static Tensor Clip(string name) => StreamingLaws.Clip(3, 5, NetworkVariant.ByName.ContainsKey(name) ? 24 : 40, new RandomStream(2));

    private static VideoNetwork Make(string name)
    {
        var random = new RandomStream(1).Derive(name);
        var space = TinySpace.Load("tiny");
        NetworkDesign design = NetworkVariant.ByName.TryGetValue(name, out var variant)
            ? new MoViNetDesign(space.Resolve(space.Sample(random)), variant)
            : new ComparisonDesign(ComparisonArchitectures.Get(name), IsCausal: true);
        var network = VideoNetwork.Of(design, Classes, new FirstWeights(random));
        TinySpace.Wake(network, random);
        return network;
    }
}
