using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests;

/// <summary>The equivalences that the official tests assert, with no path silent: fresh networks are their skip paths and would show little.</summary>
/// <remarks>Source: official MoViNet code, tests of the networks and layers (2023).</remarks>
public sealed class FamilyLaws
{
    private const int Frames = 8, Resolution = 32, Classes = 7;
    private const float Tolerance = 1e-5f; // of the largest logit: sums are made in other orders

    public static TheoryData<string> Names => [.. ReleasedArchitectures.ByName.Keys];

    public static TheoryData<string> Streams => ["causal", "causal none", "causal 2plus1d", "causal 3d_2plus1d", "causal encoded", "causal 2plus1d encoded", "causal 2d", "stream", "stream 2d head", "stream no pool"];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_released_stream_model_says_the_same_for_every_split(string name)
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var random = new RandomStream(11).Derive(name);
        using var network = Awake(ReleasedArchitectures.Get(name), ReleasedArchitectures.StreamVariant(name), random);
        var clip = StreamingLaws.Clip(1, Frames, Resolution, random);
        float[] whole = network.Classify(clip).data<float>().ToArray();
        foreach (int[] split in Splits(random))
        {
            float[] streamed = Stream(network, clip, split);
            AssertClose(whole, streamed);
        }
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public void Every_causal_variant_says_the_same_for_every_split_and_after_every_frame(string variantName)
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var random = new RandomStream(12).Derive(variantName);
        using var network = Awake(ReleasedArchitectures.Get("a0"), Variant(variantName), random);
        var clip = StreamingLaws.Clip(2, Frames, Resolution, random);
        float[] whole = network.Classify(clip).data<float>().ToArray();
        foreach (int[] split in Splits(random)) AssertClose(whole, Stream(network, clip, split));

        using var start = network.InitialState(2, Resolution);
        var (perFrame, end) = network.StepFrames(clip, start);
        Assert.Equal([2, Frames, Classes], perFrame.shape);
        for (int t = 1; t <= Frames; t++)
        {
            var (logits, next) = network.Step(clip.narrow(2, 0, t), start);
            AssertClose(logits.data<float>().ToArray(), perFrame.select(1, t - 1).contiguous().data<float>().ToArray());
            if (t == Frames) Assert.InRange(end.LargestDifference(next), 0, 1e-3);
            next.Dispose();
        }

        end.Dispose();
    }

    [Theory]
    [InlineData("3d", "3d", false)]
    [InlineData("3d", "3d", true)]
    [InlineData("2plus1d", "3d", true)]
    [InlineData("stream", "", false)]
    public void A0_at_its_own_size_says_after_eight_frames_what_it_says_of_the_clip(string convolution, string squeezeExcite, bool isEncoded)
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var variant = convolution == "stream"
            ? NetworkVariant.Stream
            : NetworkVariant.Causal with
            {
                Convolution = VariantSwitches.Convolutions[convolution],
                SqueezeExcite = VariantSwitches.SqueezeExcites[squeezeExcite],
                HasPositionalEncoding = isEncoded,
            };
        using var network = Awake(ReleasedArchitectures.Get("a0"), variant, new RandomStream(13), classes: 600);
        var clip = ones([1, 3, 8, 172, 172]);
        AssertClose(network.Classify(clip).data<float>().ToArray(), Stream(network, clip, [1, 1, 1, 1, 1, 1, 1, 1]));
    }

    [Fact]
    public void Split_kernels_of_three_axes_become_those_of_two_without_loss()
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var random = new RandomStream(14);
        var trained = NetworkVariant.Base with { Convolution = ConvolutionType.Split3d2plus1d };
        var deployed = NetworkVariant.Base with { Convolution = ConvolutionType.Split2plus1d };
        using var of3d = Awake(ReleasedArchitectures.Get("a0"), trained, random);
        using var of2d = new MoViNet(ReleasedArchitectures.Get("a0"), deployed, Classes, new FirstWeights(random.Derive("other")));
        var weights = PortWeights.Export(of3d, PortLayout.Conv3d).ToDictionary(entry => entry.Key, entry => entry.Value);
        Assert.Equal(5, weights["blocks.b1_l0.deep.conv_2.conv3d.weight"].dim());
        PortWeights.Import(of2d, weights, "converted");
        var clip = ones([2, 3, 8, 172, 172]);
        AssertClose(of3d.Classify(clip).data<float>().ToArray(), of2d.Classify(clip).data<float>().ToArray());
        var back = PortWeights.Export(of2d, PortLayout.Conv3d);
        Assert.All(back, entry => Assert.Equal(weights[entry.Key].bytes.ToArray(), entry.Value.bytes.ToArray()));
    }

    [Fact]
    public void Endpoints_of_A0_have_the_official_shapes()
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var architecture = ReleasedArchitectures.Get("a0");
        using var network = new MoViNet(architecture, NetworkVariant.Causal, Classes, new FirstWeights(new RandomStream(15)));
        var shapes = new List<long[]>();
        network.Network.Walk(
            ones([1, 3, 8, 128, 128]), SubnetPath.Of(architecture), ForwardMode.Evaluation, network.InitialState(1, 128), false, out var state,
            x => shapes.Add([x.shape[0], x.shape[2], x.shape[3], x.shape[4], x.shape[1]]));
        long[][] firstOfBlocks = [.. architecture.Sites().Zip(shapes).Where(pair => pair.First.Layer == 0).Select(pair => pair.Second)];
        Assert.Equal([[1, 8, 32, 32, 8], [1, 8, 16, 16, 32], [1, 8, 8, 8, 56], [1, 8, 8, 8, 56], [1, 8, 4, 4, 104]], firstOfBlocks);
        Assert.Equal([1, 1, 1, 1, 480], state!.Named().Single(entry => entry.Key == "state_head_pool_buffer").Value.shape);
    }

    [Fact]
    public void Without_squeeze_excite_only_stream_buffers_and_the_head_are_carried()
    {
        using var scope = NewDisposeScope();
        using var network = new MoViNet(ReleasedArchitectures.Get("a0"), Variant("causal none"), Classes, new FirstWeights(new RandomStream(16)));
        using var state = network.InitialState(1, Resolution);
        string[] names = [.. state.Named().Select(entry => entry.Key)];
        Assert.Equal(["state_head_pool_buffer", "state_head_pool_frame_count"], names.Where(name => !name.EndsWith("_stream_buffer", StringComparison.Ordinal)));
        Assert.Equal(11 + 2, names.Length);
        Assert.DoesNotContain(network.named_parameters(), parameter => parameter.name.Contains("squeezeExcite", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(NormMode.Training)]
    [InlineData(NormMode.Evaluation)]
    public void A_thousand_classes_come_out_in_training_and_evaluation(NormMode mode)
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        using var network = new MoViNet(ReleasedArchitectures.Get("a0"), NetworkVariant.Base, 1000, new FirstWeights(new RandomStream(17)));
        Assert.Equal([2, 1000], network.Classify(ones([2, 3, 16, 224, 224]), new ForwardMode(mode)).shape);
    }

    [Fact]
    public void A_clip_that_is_none_is_refused_with_what_was_given_and_what_is_needed()
    {
        using var scope = NewDisposeScope();
        using var network = new MoViNet(ReleasedArchitectures.Get("a0"), NetworkVariant.Stream, Classes, new FirstWeights(new RandomStream(18)));
        string Refused(params long[] shape) => Assert.Throws<ArgumentException>(() => network.Classify(ones(shape))).Message;
        Assert.Contains("[B, 3, T, S, S] with at least one frame, not [1, 4, 2, 32, 32]", Refused(1, 4, 2, 32, 32));
        Assert.Contains("not [1, 3, 0, 32, 32]", Refused(1, 3, 0, 32, 32));
        Assert.Contains("Frames of 31x31 are too small for the strides of a0: at least 32x32", Refused(1, 3, 1, 31, 31));
    }

    internal static NetworkVariant Variant(string name)
    {
        NetworkVariant causal = NetworkVariant.Causal, stream = NetworkVariant.Stream;
        return name switch
        {
            "causal" => causal,
            "causal none" => causal with { SqueezeExcite = SqueezeExciteType.None },
            "causal 2plus1d" => causal with { Convolution = ConvolutionType.Split2plus1d },
            "causal 3d_2plus1d" => causal with { Convolution = ConvolutionType.Split3d2plus1d },
            "causal encoded" => causal with { HasPositionalEncoding = true },
            "causal 2plus1d encoded" => causal with { Convolution = ConvolutionType.Split2plus1d, HasPositionalEncoding = true },
            "causal 2d" => causal with { SqueezeExcite = SqueezeExciteType.Pool2d },
            "stream" => stream,
            "stream 2d head" => stream with { HeadPooling = HeadPooling.Pool2d, Gate = GateType.HardSigmoidRelu6 },
            "stream no pool" => stream with { HeadPooling = HeadPooling.None, Activation = ActivationType.Relu6, ClassifierActivation = ActivationType.Relu },
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such variant"),
        };
    }

    internal static MoViNet Awake(Architecture architecture, NetworkVariant variant, RandomStream random, int classes = Classes)
    {
        var network = new MoViNet(architecture, variant, classes, new FirstWeights(random.Derive("weights")));
        TinySpace.Wake(network, random.Derive("wake"));
        return network;
    }

    private static IEnumerable<int[]> Splits(RandomStream random)
    {
        foreach (int length in new[] { 1, 2, 3, 5, 8 })
            yield return [.. Enumerable.Range(0, (Frames + length - 1) / length).Select(i => Math.Min(length, Frames - i * length))];
        var pieces = new List<int>();
        for (int left = Frames; left > 0; left -= pieces[^1]) pieces.Add(1 + random.Below(Math.Min(left, 4)));
        yield return [.. pieces];
    }

    private static float[] Stream(MoViNet network, Tensor clip, int[] split)
    {
        var state = network.InitialState(clip.shape[0], (int)clip.shape[3]);
        Tensor? last = null;
        int start = 0;
        foreach (int length in split)
        {
            (last, var next) = network.Step(clip.narrow(2, start, length), state);
            state.Dispose();
            state = next;
            start += length;
        }

        state.Dispose();
        return last!.data<float>().ToArray();
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        float tolerance = Tolerance * expected.Max(Math.Abs);
        Assert.True(tolerance > 0 && expected.All(float.IsFinite), "the network says nothing");
        for (int i = 0; i < expected.Length; i++) Assert.InRange(actual[i], expected[i] - tolerance, expected[i] + tolerance);
    }
}
