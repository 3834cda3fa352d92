using FsCheck.Xunit;
using MoViNetNAS.Models.Tests.Kernels;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests.Inference;

[Collection(KernelCollection.Name)]
public sealed class CompiledStreamLaws
{
    private const int Frames = 7, Classes = 5;

    // Two orders of adding up the same float32 products: 1e-5 of the largest logit.
    [Property(MaxTest = 24)]
    public void A_compiled_stream_gives_the_logits_of_the_network_for_any_architecture_and_split(
        ulong seed, bool isSplit, bool hasEncoding, bool isOdd, bool isPair)
    {
        using var thread = new Threads(1);
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var random = new RandomStream(seed);
        int size = isOdd ? 21 : 24, batch = isPair ? 2 : 1;
        using var network = Sample(random, isSplit ? "stream" : "causal", hasEncoding);
        using var compiled = CompiledNetwork.Of(network);
        using var stream = compiled.Open(batch, size, framesPerStep: 3);
        var frames = new RandomFrames(random, batch, Frames, size);
        var state = network.InitialState(batch, size);
        for (int first = 0; first < Frames;)
        {
            int count = Math.Min(1 + random.Below(3), Frames - first);
            var (expected, next) = network.Step(frames.Clip(first, count), state);
            state = next;
            AssertClose(expected, stream.Step(frames.Numbers(first, count)));
            first += count;
            Assert.Equal(first, stream.FrameCount);
        }
    }

    [Property(MaxTest = 8)]
    public void The_split_into_steps_changes_no_bit_and_a_reset_starts_anew(ulong seed, bool isSplit)
    {
        using var thread = new Threads(1);
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var random = new RandomStream(seed);
        using var network = Sample(random, isSplit ? "stream" : "causal", hasEncoding: true);
        using var compiled = CompiledNetwork.Of(network);
        var frames = new RandomFrames(random, 2, Frames, 24);
        using var whole = compiled.Open(2, 24, Frames);
        float[] expected = whole.Step(frames.Numbers(0, Frames)).ToArray();
        using var stream = compiled.Open(2, 24, framesPerStep: 4);
        for (int repetition = 0; repetition < 3; repetition++)
        {
            float[] last = [];
            for (int first = 0; first < Frames;)
            {
                int count = Math.Min(1 + random.Below(4), Frames - first);
                last = stream.Step(frames.Numbers(first, count)).ToArray();
                first += count;
            }

            Assert.Equal(expected, last);
            stream.Reset();
            Assert.Equal(0, stream.FrameCount);
        }
    }

    public static TheoryData<string> Compilable =>
        [.. FamilyLaws.Streams.Select(row => row.Data).Where(name => FamilyLaws.Variant(name).HeadPooling == HeadPooling.Pool3d)];

    [Theory]
    [MemberData(nameof(Compilable))]
    public void A0_compiled_gives_the_logits_of_A0(string variant)
    {
        using var thread = new Threads(1);
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        const int size = 64;
        using var network = FamilyLaws.Awake(ReleasedArchitectures.Get("a0"), FamilyLaws.Variant(variant), new RandomStream(1), classes: 600);
        using var compiled = CompiledNetwork.Of(network);
        using var stream = compiled.Open(resolution: size, framesPerStep: 2);
        var frames = new RandomFrames(new RandomStream(2), 1, 4, size);
        var state = network.InitialState(1, size);
        foreach (var (first, count) in new[] { (0, 1), (1, 2), (3, 1) })
        {
            var (expected, next) = network.Step(frames.Clip(first, count), state);
            state = next;
            AssertClose(expected, stream.Step(frames.Numbers(first, count)));
        }
    }

    [Fact]
    public void Bytes_are_the_floats_divided_by_255()
    {
        var random = new RandomStream(4);
        using var network = Sample(random, "stream", hasEncoding: false);
        using var compiled = CompiledNetwork.Of(network);
        using CompiledStream floats = compiled.Open(resolution: 17), bytes = compiled.Open(resolution: 17);
        var pixels = new byte[17 * 17 * 3];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = (byte)random.Below(256);
        float[] expected = floats.Step(Array.ConvertAll(pixels, pixel => pixel / 255f)).ToArray();
        Assert.Equal(expected, bytes.Step(pixels).ToArray());
    }

    [Fact]
    public void A_compiled_network_keeps_the_weights_it_was_made_of()
    {
        using var thread = new Threads(1);
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var random = new RandomStream(5);
        using var network = Sample(random, "stream", hasEncoding: false);
        using var compiled = CompiledNetwork.Of(network);
        var frame = new RandomFrames(random, 1, 1, 24).Numbers(0, 1);
        using var stream = compiled.Open(resolution: 24);
        float[] before = stream.Step(frame).ToArray();
        foreach (var (_, parameter) in network.named_parameters()) parameter.zero_();
        stream.Reset();
        Assert.Equal(before, stream.Step(frame).ToArray());
    }

    [Fact]
    public void Operations_are_rows_of_the_cost_model_and_their_ticks_add_up()
    {
        var random = new RandomStream(6);
        using var network = Sample(random, "stream", hasEncoding: true);
        using var compiled = CompiledNetwork.Of(network);
        var rows = CostModel.Rows(compiled.Architecture, compiled.Variant, Classes, new InputShape(1, 24)).Select(row => (row.Layer, row.Part)).ToHashSet();
        Assert.All(compiled.Operations, operation => Assert.Contains((operation.Layer, operation.Part), rows));
        Assert.Equal(rows.Count(row => row.Part != "scalar"), compiled.Operations.Count);

        using CompiledStream plain = compiled.Open(resolution: 24), timed = compiled.Open(resolution: 24);
        var frame = new RandomFrames(random, 1, 1, 24).Numbers(0, 1);
        var ticks = new long[compiled.Operations.Count];
        Assert.Equal(plain.Step(frame).ToArray(), timed.Step(frame, ticks).ToArray());
        Assert.All(ticks, t => Assert.InRange(t, 0, long.MaxValue));
        Assert.True(ticks.Sum() > 0);
        Assert.Throws<ArgumentException>(() => { timed.Step(frame, new long[1]); });
    }

    [Fact]
    public void Frames_of_another_length_and_networks_that_are_not_causal_are_refused()
    {
        var random = new RandomStream(7);
        using var network = Sample(random, "stream", hasEncoding: false);
        using var compiled = CompiledNetwork.Of(network);
        var stream = compiled.Open(batch: 2, resolution: 24, framesPerStep: 2);
        foreach (int length in new[] { 0, 1, 24 * 24 * 3, 3 * 2 * 24 * 24 * 3 })
        {
            var e = Assert.Throws<ArgumentException>(() => { stream.Step(new float[length]); });
            Assert.Contains("[2, T, 24, 24, 3] with T from 1 to 2", e.Message);
        }

        stream.Dispose();
        Assert.Throws<ObjectDisposedException>(() => { stream.Step(new float[2 * 24 * 24 * 3]); });
        Assert.Throws<ArgumentOutOfRangeException>(() => compiled.Open(batch: 0));
        using var orphan = compiled.Open(resolution: 24);
        compiled.Dispose();
        Assert.Throws<ObjectDisposedException>(() => { orphan.Step(new float[24 * 24 * 3]); });
        using var clips = Sample(random, "base", hasEncoding: false);
        Assert.Throws<InvalidOperationException>(() => CompiledNetwork.Of(clips));
    }

    internal static MoViNet Sample(RandomStream random, string variant, bool hasEncoding)
    {
        var space = TinySpace.Load("tiny");
        var network = new MoViNet(
            space.Resolve(space.Sample(random)), NetworkVariant.ByName[variant] with { HasPositionalEncoding = hasEncoding }, Classes,
            new FirstWeights(random));
        TinySpace.Wake(network, random);
        return network;
    }

    internal static void AssertClose(Tensor expected, ReadOnlySpan<float> actual)
    {
        float[] values = expected.data<float>().ToArray();
        float tolerance = 1e-5f * values.Max(Math.Abs);
        Assert.Equal(values.Length, actual.Length);
        for (int i = 0; i < values.Length; i++) Assert.InRange(actual[i], values[i] - tolerance, values[i] + tolerance);
    }
}
