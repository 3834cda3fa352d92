using MoViNetNAS.Models.Onnx;
using MoViNetNAS.Models.Tests.Inference;
using MoViNetNAS.Models.Tests.Kernels;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests.Onnx;

/// <summary>An exported network answers in OnnxRuntime as it answers here.</summary>
[Collection(KernelCollection.Name)]
public sealed class OnnxExportLaws
{
    private const int Size = 64, Classes = 7;
    private const double Tolerance = 1e-4; // of the largest logit: two programs add up in other orders

    [Theory]
    [InlineData("a0")]
    [InlineData("a1")]
    [InlineData("a2")]
    [InlineData("a3")]
    public void A_stream_of_32_frames_one_by_one_is_the_same(string name)
    {
        using var thread = new Threads(1);
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var random = new RandomStream(31).Derive(name);
        using var network = FamilyLaws.Awake(ReleasedArchitectures.Get(name), ReleasedArchitectures.StreamVariant(name), random);
        using var exported = new ExportedNetwork(network, Options(network, frames: 1));
        Compare(network, exported.Runtime, new RandomFrames(random, 1, 32, Size), [.. Enumerable.Repeat(1, 32)], 1);
    }

    [Theory]
    [InlineData("a0")]
    [InlineData("a1")]
    [InlineData("a2")]
    public void A_clip_of_32_frames_is_the_same(string name)
    {
        using var thread = new Threads(1);
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var random = new RandomStream(32).Derive(name);
        using var network = FamilyLaws.Awake(ReleasedArchitectures.Get(name), NetworkVariant.Base, random);
        using var exported = new ExportedNetwork(network, Options(network, frames: 32));
        using var clip = new RandomFrames(random, 1, 32, Size).Clip(0, 32);
        AssertClose(network.Classify(clip), exported.Runtime.Classify(ColourFirst.Of(clip)));
    }

    public static TheoryData<string> Streams => FamilyLaws.Streams;

    [Theory]
    [MemberData(nameof(Streams))]
    public void Every_causal_variant_is_the_same_for_any_split_and_for_two_streams_at_once(string variantName)
    {
        using var thread = new Threads(1);
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var random = new RandomStream(33).Derive(variantName);
        using var network = FamilyLaws.Awake(ReleasedArchitectures.Get("a0"), FamilyLaws.Variant(variantName), random);
        var frames = new RandomFrames(random, 2, 8, 33);
        using (var any = new ExportedNetwork(network, Options(network, frames: null) with { Resolution = 33 }))
            Compare(network, any.Runtime, frames, [1, 3, 1, 2, 1], 2);
        using (var two = new ExportedNetwork(network, Options(network, frames: 2) with { Resolution = 33 }))
            Compare(network, two.Runtime, frames, [2, 2, 2, 2], 2);
        using (var one = new ExportedNetwork(network, Options(network, frames: 1) with { Resolution = 33 }))
            Compare(network, one.Runtime, frames, [1, 1, 1], 2);
    }

    private static OnnxOptions Options(VideoNetwork network, int? frames) =>
        OnnxOptions.Of(network.Design, network.Design.Input) with { Frames = frames, Resolution = Size };

    private static void Compare(MoViNet network, OnnxNetwork runtime, RandomFrames frames, int[] split, int batch)
    {
        var expected = network.InitialState(batch, runtime.Resolution);
        var actual = runtime.InitialState(batch);
        int first = 0;
        foreach (int count in split)
        {
            using var clip = frames.Clip(first, count);
            var (ours, next) = network.Step(clip, expected);
            var (theirs, following) = runtime.Step(ColourFirst.Of(clip), actual);
            AssertClose(ours, theirs);
            expected.Dispose();
            actual.Dispose();
            (expected, actual) = (next, following);
            first += count;
        }

        expected.Dispose();
        actual.Dispose();
    }

    private static void AssertClose(Tensor expected, float[] actual)
    {
        float[] values = expected.data<float>().ToArray();
        double tolerance = Tolerance * values.Max(Math.Abs);
        Assert.True(tolerance > 0, "the network says nothing");
        Assert.Equal(values.Length, actual.Length);
        for (int i = 0; i < values.Length; i++) Assert.InRange(actual[i], values[i] - tolerance, values[i] + tolerance);
    }
}
