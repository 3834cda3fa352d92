using FsCheck.Xunit;
using MoViNetNAS.Models.Tests.Kernels;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests.Inference;

[Collection(KernelCollection.Name)]
public sealed class CompiledStateLaws
{
    private const int Size = 24;

    [Property(MaxTest = 8)]
    public void A_restored_state_goes_on_as_if_nothing_had_happened(ulong seed, bool isSplit, bool hasEncoding)
    {
        using var thread = new Threads(1);
        using var scope = NewDisposeScope();
        var random = new RandomStream(seed);
        using var network = CompiledStreamLaws.Sample(random, isSplit ? "stream" : "causal", hasEncoding);
        using var compiled = CompiledNetwork.Of(network);
        var frames = new RandomFrames(random, 2, 6, Size);
        using CompiledStream first = compiled.Open(2, Size, 3), second = compiled.Open(2, Size, 2);
        for (int before = 0; before < 4; before++)
        {
            first.Reset();
            for (int i = 0; i < before; i++) first.Step(frames.Numbers(i, 1));
            using var state = first.State();
            Assert.Equal(before, state.FrameCount);
            float[] expected = first.Step(frames.Numbers(before, 2)).ToArray();
            second.Step(frames.Numbers(4, 2)); // what it saw before must not matter
            second.Restore(state);
            Assert.Equal(expected, second.Step(frames.Numbers(before, 2)).ToArray());
        }
    }

    [Property(MaxTest = 8)]
    public void States_pass_between_the_network_and_its_compiled_form(ulong seed, bool isSplit, bool hasEncoding)
    {
        using var thread = new Threads(1);
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var random = new RandomStream(seed);
        using var network = CompiledStreamLaws.Sample(random, isSplit ? "stream" : "causal", hasEncoding);
        using var compiled = CompiledNetwork.Of(network);
        using var stream = compiled.Open(2, Size, 2);
        var frames = new RandomFrames(random, 2, 6, Size);
        for (int before = 0; before < 4; before++)
        {
            stream.Reset();
            var state = network.InitialState(2, Size);
            for (int i = 0; i < before; i++)
            {
                stream.Step(frames.Numbers(i, 1));
                (_, state) = network.Step(frames.Clip(i, 1), state);
            }

            var copied = stream.State();
            Assert.Equal(state.Tensors.Select(t => string.Join(",", t.shape)), copied.Tensors.Select(t => string.Join(",", t.shape)));
            Assert.Equal(state.Bytes, copied.Bytes);
            var (expected, _) = network.Step(frames.Clip(before, 2), state);
            var (continued, _) = network.Step(frames.Clip(before, 2), copied);
            CompiledStreamLaws.AssertClose(expected, continued.data<float>().ToArray());
            stream.Restore(state);
            CompiledStreamLaws.AssertClose(expected, stream.Step(frames.Numbers(before, 2)));
        }
    }

    [Fact]
    public void A_state_of_another_shape_is_refused_with_both_shapes_named()
    {
        using var thread = new Threads(1);
        using var scope = NewDisposeScope();
        var random = new RandomStream(3);
        using var network = Rule("stream");
        using var other = Rule("causal");
        using CompiledNetwork compiled = CompiledNetwork.Of(network), different = CompiledNetwork.Of(other);
        using CompiledStream stream = compiled.Open(1, 32), wide = compiled.Open(2, Size), strange = different.Open(1, 32);
        using var state = wide.State();
        var e = Assert.Throws<ArgumentException>(() => stream.Restore(state));
        Assert.Contains("2 streams of 24x24", e.Message);
        Assert.Contains("1 of 32x32", e.Message);

        var frames = new RandomFrames(random, 1, 2, 32);
        float[] before = stream.Step(frames.Numbers(0, 1)).ToArray();
        strange.Step(frames.Numbers(0, 1));
        using var causal = strange.State(); // buffers before the spatial kernel, which are larger
        e = Assert.Throws<ArgumentException>(() => stream.Restore(causal));
        Assert.Contains("'state_block1_layer0_stream_buffer' is [1, 2, 8, 8, 80] in the state and [1, 2, 4, 4, 80] in this network", e.Message);
        Assert.Equal(1, stream.FrameCount);
        stream.Reset();
        Assert.Equal(before, stream.Step(frames.Numbers(0, 1)).ToArray());
    }

    private static MoViNet Rule(string variant)
    {
        var network = new MoViNet(ReleasedArchitectures.Get("a0"), NetworkVariant.ByName[variant], 5, new FirstWeights(new RandomStream(1)));
        RuleFill.Fill(network);
        return network;
    }
}
