namespace MoViNetNAS.Spaces.Tests;

/// <summary>What a stream carries. Source: official MoViNet code, <c>initial_state_specs</c>, for batch 1.</summary>
public sealed class StreamStateTests
{
    [Theory]
    [InlineData("a0", 43, 670_944, 3_248, 1_287_072)]
    [InlineData("a1", 67, 1_214_416, 6_144, 1_945_168)]
    [InlineData("a2", 73, 2_700_096, 6_992, 3_998_400)]
    [InlineData("a3", 124, 4_558_848, 10_032, 6_414_336)]
    [InlineData("a4", 178, 12_334_016, 16_064, 15_622_976)]
    [InlineData("a5", 222, 18_748_800, 24_592, 25_132_800)]
    [InlineData("t0", 38, 323_600, 2_848, 734_000)]
    public void States_have_the_known_number_and_size(string name, int tensors, long buffers, long pools, long buffersOf3d)
    {
        var architecture = ReleasedArchitectures.Get(name);
        var variant = ReleasedArchitectures.StreamVariant(name);
        var states = StreamStates.Of(architecture, variant, 600, architecture.Input.Resolution);
        Assert.Equal(tensors, states.Count);
        Assert.Equal(buffers, Elements(states, "_stream_buffer"));
        Assert.Equal(pools, Elements(states, "_pool_buffer"));
        Assert.Equal(4 * (buffers + pools), CostModel.Of(architecture, variant, classes: 600).StreamStateBytes);

        var of3d = StreamStates.Of(architecture, NetworkVariant.Causal, 600, architecture.Input.Resolution);
        Assert.Equal(buffersOf3d, Elements(of3d, "_stream_buffer"));
        Assert.Equal(4 * (buffersOf3d + pools), CostModel.Of(architecture, NetworkVariant.Causal, classes: 600).StreamStateBytes);
    }

    [Fact]
    public void A0_has_exactly_these_buffers()
    {
        var states = StreamStates.Of(ReleasedArchitectures.Get("a0"), NetworkVariant.Stream, 600, resolution: 172);
        string[] buffers = [.. states
            .Where(state => state.Name.EndsWith("_stream_buffer", StringComparison.Ordinal))
            .Select(state => $"{state.Name["state_".Length..^"_stream_buffer".Length]} {string.Join(',', state.Shape)}")];
        Assert.Equal(
            [
                "block1_layer0 1,2,22,22,80", "block1_layer1 1,2,22,22,80", "block1_layer2 1,2,22,22,80",
                "block2_layer0 1,4,11,11,184", "block2_layer1 1,2,11,11,112", "block2_layer2 1,2,11,11,184",
                "block3_layer0 1,4,11,11,184", "block3_layer1 1,2,11,11,184", "block3_layer2 1,2,11,11,184",
                "block3_layer3 1,2,11,11,184", "block4_layer0 1,4,6,6,384",
            ],
            buffers);
    }

    [Fact]
    public void Every_layer_of_A0_has_a_pool_and_the_head_has_one()
    {
        var states = StreamStates.Of(ReleasedArchitectures.Get("a0"), NetworkVariant.Stream, 600, resolution: 172);
        Assert.Equal(15 + 1, states.Count(state => state.Name.EndsWith("_pool_frame_count", StringComparison.Ordinal)));
        Assert.Equal([1, 1, 1, 1, 480], states.Single(state => state.Name == "state_head_pool_buffer").Shape);
        Assert.All(states, state => Assert.Equal(state.Name.EndsWith("_buffer", StringComparison.Ordinal), state.IsFloat));
    }

    [Theory]
    [InlineData("a2", 0)]
    [InlineData("a3", 33)]
    [InlineData("a4", 47)]
    [InlineData("a5", 59)]
    public void Only_the_large_models_count_frames_for_a_positional_encoding(string name, int counts)
    {
        var states = StreamStates.Of(ReleasedArchitectures.Get(name), ReleasedArchitectures.StreamVariant(name), 600, resolution: 256);
        Assert.Equal(counts, states.Count(state => state.Name.EndsWith("_pos_enc_frame_count", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_network_that_is_not_causal_carries_nothing() =>
        Assert.Equal(0, CostModel.Of(ReleasedArchitectures.Get("a0"), NetworkVariant.Base, classes: 600).StreamStateBytes);

    private static long Elements(IReadOnlyList<StreamStateShape> states, string ending) =>
        states.Where(state => state.Name.EndsWith(ending, StringComparison.Ordinal)).Sum(state => state.Elements);
}
