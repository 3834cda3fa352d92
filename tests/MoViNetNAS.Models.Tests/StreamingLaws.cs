using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests;

public sealed class StreamingLaws
{
    private const int Frames = 9, Resolution = 24;

    public static TheoryData<string, bool, int> Cases()
    {
        var cases = new TheoryData<string, bool, int>();
        foreach (string variant in new[] { "causal", "stream" })
            foreach (bool hasEncoding in new[] { false, true })
                for (int seed = 0; seed < 3; seed++) cases.Add(variant, hasEncoding, seed);
        return cases;
    }

    // Sums over a clip and over its parts are made in different orders: 1e-5 of the largest logit.
    [Theory]
    [MemberData(nameof(Cases))]
    public void Streaming_equals_the_whole_clip_for_any_split(string variantName, bool hasEncoding, int seed)
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var random = new RandomStream((ulong)seed).Derive(variantName);
        var space = TinySpace.Load("tiny");
        var variant = NetworkVariant.ByName[variantName] with { HasPositionalEncoding = hasEncoding };
        using var network = new MoViNet(space.Resolve(space.Sample(random)), variant, 5, new FirstWeights(random));
        TinySpace.Wake(network, random);
        var clip = Clip(2, Frames, Resolution, random);
        float[] whole = network.Classify(clip).data<float>().ToArray();
        float tolerance = 1e-5f * Math.Max(1, whole.Max(Math.Abs));

        for (int split = 0; split < 6; split++)
        {
            var state = network.InitialState(2, Resolution);
            Tensor? last = null;
            for (int start = 0; start < Frames;)
            {
                int length = Math.Min(Frames - start, split == 0 ? 1 : 1 + random.Below(5));
                (last, var next) = network.Step(clip.narrow(2, start, length), state);
                state.Dispose();
                state = next;
                start += length;
            }

            Assert.Equal(Frames, state.FrameCount);
            float[] streamed = last!.data<float>().ToArray();
            for (int i = 0; i < whole.Length; i++) Assert.InRange(streamed[i], whole[i] - tolerance, whole[i] + tolerance);
            state.Dispose();
        }
    }

    [Fact]
    public void A_state_can_be_used_twice_because_a_step_leaves_it_as_it_was()
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var random = new RandomStream(5);
        using var network = Make(NetworkVariant.Stream, random);
        var clip = Clip(1, 4, Resolution, random);
        using var start = network.InitialState(1, Resolution);
        var (_, middle) = network.Step(clip.narrow(2, 0, 2), start);
        var (first, a) = network.Step(clip.narrow(2, 2, 2), middle);
        var (second, b) = network.Step(clip.narrow(2, 2, 2), middle);
        Assert.Equal(first.data<float>().ToArray(), second.data<float>().ToArray());
        foreach (var state in new[] { middle, a, b }) state.Dispose();
    }

    [Fact]
    public void State_bytes_are_those_of_the_cost_model_and_do_not_grow()
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var random = new RandomStream(6);
        foreach (var variant in new[] { NetworkVariant.Stream, NetworkVariant.Causal })
        {
            using var network = Make(variant, random);
            long expected = CostModel.Of(network.Architecture, variant, 5, new InputShape(1, Resolution)).StreamStateBytes;
            var state = network.InitialState(1, Resolution);
            for (int t = 0; t < 12; t++)
            {
                var (_, next) = network.Step(Clip(1, 1 + t % 3, Resolution, random), state);
                state.Dispose();
                state = next;
                Assert.Equal(expected, state.Bytes);
            }

            state.Dispose();
        }
    }

    [Fact]
    public void Streaming_holds_no_more_tensors_after_frame_200_than_after_frame_2()
    {
        var random = new RandomStream(7);
        using var network = Make(NetworkVariant.Stream, random);
        using var inference = inference_mode();
        var state = network.InitialState(1, Resolution);
        long after2 = 0;
        for (int t = 1; t <= 200; t++)
        {
            if (t == 3) after2 = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            using var step = NewDisposeScope();
            var (_, next) = network.Step(Clip(1, 1, Resolution, random), state);
            state.Dispose();
            state = next.DetachFromDisposeScope();
        }

        Assert.Equal(after2, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        state.Dispose();
    }

    [Fact]
    public void A_state_of_another_size_is_refused_with_both_shapes_named()
    {
        using var scope = NewDisposeScope();
        var random = new RandomStream(8);
        using var network = Make(NetworkVariant.Stream, random);
        using var state = network.InitialState(2, 32);
        var e = Assert.Throws<ArgumentException>(() => network.Step(Clip(1, 1, Resolution, random), state));
        Assert.Contains("2 streams of 32x32", e.Message);
        Assert.Contains("[1, 3, 1, 24, 24]", e.Message);
    }

    [Fact]
    public void A_network_that_is_not_causal_has_no_state()
    {
        using var network = Make(NetworkVariant.Base, new RandomStream(9));
        Assert.Throws<InvalidOperationException>(() => network.InitialState());
    }

    internal static Tensor Clip(int batch, int frames, int resolution, RandomStream random)
    {
        var values = new float[batch * frames * resolution * resolution * 3];
        for (int i = 0; i < values.Length; i++) values[i] = (float)random.Uniform();
        return tensor(values, [batch, frames, resolution, resolution, 3]).permute(0, 4, 1, 2, 3);
    }

    private static MoViNet Make(NetworkVariant variant, RandomStream random)
    {
        var space = TinySpace.Load("tiny");
        var network = new MoViNet(space.Resolve(space.Sample(random)), variant, 5, new FirstWeights(random));
        TinySpace.Wake(network, random);
        return network;
    }
}
