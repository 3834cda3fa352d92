using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests;

/// <summary>The state of a stream as a value that others can name, keep, compare and bring back.</summary>
public sealed class StreamStateTests : IDisposable
{
    private const int Size = 32;
    private readonly string _folder = Directory.CreateTempSubdirectory("movinet-state-").FullName;
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly IDisposable _unrecorded = no_grad();

    public void Dispose()
    {
        _unrecorded.Dispose();
        _scope.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void The_first_state_has_the_official_names_and_shapes_and_is_zero()
    {
        using var network = A0(NetworkVariant.Stream);
        using var state = network.InitialState(3, Size);
        var named = state.Named();
        Assert.Equal(43, named.Count); // Source: official MoViNet code, states of A0 stream
        foreach (var ((name, tensor), shape) in named.Zip(state.Shapes))
        {
            Assert.Equal(shape.Name, name);
            Assert.Equal(shape.IsFloat ? ScalarType.Float32 : ScalarType.Int32, tensor.dtype);
            long[] expected = shape.IsFloat ? [3, .. shape.Shape.Skip(1).Select(size => (long)size)] : [1];
            Assert.Equal(expected, tensor.shape);
            Assert.Equal(0, tensor.abs().max().to(ScalarType.Float32).item<float>());
        }
    }

    [Theory]
    [InlineData("stream")]
    [InlineData("causal encoded")]
    [InlineData("stream 2d head")]
    public void A_stream_goes_on_from_a_file_as_if_nothing_had_been_between(string variant)
    {
        using var network = A0(FamilyLaws.Variant(variant));
        var clip = StreamingLaws.Clip(2, 6, Size, new RandomStream(2));
        using var start = network.InitialState(2, Size);
        var (_, middle) = network.Step(clip.narrow(2, 0, 3), start);
        string path = Path.Combine(_folder, "state.safetensors");
        StreamStateFile.Write(path, middle);
        using var read = StreamStateFile.Read(path, network);
        Assert.Equal((3L, 2L, Size), (read.FrameCount, read.Batch, read.Resolution));
        Assert.Equal(0, middle.LargestDifference(read));
        using var moved = middle.To(CPU);
        Assert.Equal(0, middle.LargestDifference(moved));

        var (expected, end) = network.Step(clip.narrow(2, 3, 3), middle);
        var (actual, other) = network.Step(clip.narrow(2, 3, 3), read);
        Assert.Equal(expected.data<float>().ToArray(), actual.data<float>().ToArray());
        Assert.Equal(0, end.LargestDifference(other));
        Assert.True(end.LargestDifference(end.To(CPU)) == 0);
        Assert.Contains("6 frames, the other 3", Assert.Throws<ArgumentException>(() => end.LargestDifference(middle)).Message);
        foreach (var state in new[] { middle, end, other }) state.Dispose();
    }

    [Fact]
    public void The_state_of_a_network_is_refused_by_another_with_both_shapes_named()
    {
        using var a0 = A0(NetworkVariant.Stream);
        using var a1 = new MoViNet(ReleasedArchitectures.Get("a1"), NetworkVariant.Stream, 4, new FirstWeights(new RandomStream(1)));
        using var causal = A0(NetworkVariant.Causal);
        var clip = StreamingLaws.Clip(1, 1, Size, new RandomStream(3));
        using var state = a0.InitialState(1, Size);
        Assert.Contains("'state_block0_layer0_pool_buffer' is [1, 1, 1, 1, 24] in the state and [1, 1, 1, 1, 40] in this network", Refused(a1, clip, state));
        Assert.Contains("'state_block1_layer0_stream_buffer' is [1, 2, 4, 4, 80] in the state and [1, 2, 8, 8, 80] in this network", Refused(causal, clip, state));
        Assert.Contains("1 streams of 32x32, not of 1 of 40x40", Refused(a0, StreamingLaws.Clip(1, 1, 40, new RandomStream(4)), state));

        string path = Path.Combine(_folder, "state.safetensors");
        StreamStateFile.Write(path, state);
        string message = Assert.Throws<InputException>(() => StreamStateFile.Read(path, a1)).Message;
        Assert.StartsWith(path, message);
        Assert.Contains("'state_block0_layer0_pool_buffer' is Float32 [1, 1, 1, 1, 24], and Float32 [1, 1, 1, 1, 40] here", message);
        SafetensorsFile.Write(path, state.Named(), new Dictionary<string, string>());
        Assert.Contains("no state of a stream", Assert.Throws<InputException>(() => StreamStateFile.Read(path, a0)).Message);
    }

    [Fact]
    public void Missing_and_strange_tensors_and_differing_counts_are_named()
    {
        using var network = A0(NetworkVariant.Stream);
        using var state = network.InitialState(1, Size);
        var tensors = state.Named().ToDictionary(entry => entry.Key, entry => entry.Value);
        tensors.Remove("state_head_pool_buffer");
        tensors["state_head_pool_bufer"] = zeros(1);
        string message = Assert.Throws<InputException>(() => StreamState.Of(state.Shapes, Size, tensors)).Message;
        Assert.Contains("'state_head_pool_bufer' is none of this network; did you mean 'state_head_pool_buffer'?", message);
        Assert.Contains("'state_head_pool_buffer' is missing", message);

        tensors = state.Named().ToDictionary(entry => entry.Key, entry => entry.Value);
        tensors["state_head_pool_frame_count"] = tensor(new[] { 7 });
        Assert.Contains("counts of frames differ", Assert.Throws<InputException>(() => StreamState.Of(state.Shapes, Size, tensors)).Message);
    }

    [Fact]
    public void A_head_that_weighs_the_whole_clip_does_not_stream()
    {
        using var network = A0(NetworkVariant.Causal with { HeadPooling = HeadPooling.TemporalSoftmax });
        Assert.Equal([1, 4], network.Classify(StreamingLaws.Clip(1, 3, Size, new RandomStream(5))).shape);
        Assert.Throws<InvalidOperationException>(() => network.InitialState(1, Size));
    }

    private static string Refused(VideoNetwork network, Tensor clip, StreamState state) =>
        Assert.Throws<ArgumentException>(() => network.Step(clip, state)).Message;

    private static MoViNet A0(NetworkVariant variant) => FamilyLaws.Awake(ReleasedArchitectures.Get("a0"), variant, new RandomStream(1), classes: 4);
}
