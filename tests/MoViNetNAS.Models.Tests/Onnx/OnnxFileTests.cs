using System.Text.Json;
using MoViNetNAS.Models.Onnx;
using MoViNetNAS.Models.Tests.Inference;
using MoViNetNAS.Models.Tests.Kernels;
using MoViNetNAS.Spaces;
using MoViNetNAS.Tests;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests.Onnx;

/// <summary>What an exported file says of itself, where its streams begin, in which numbers it calculates, and what is refused.</summary>
[Collection(KernelCollection.Name)]
public sealed class OnnxFileTests
{
    private const int Size = 32, Classes = 7;

    [Fact]
    public void A_stream_names_its_inputs_outputs_and_states()
    {
        var model = OnnxCheckTests.Model("a0", "stream", 1);
        string[] inputs = [.. model.Graph.Input.Select(input => input.Name)], outputs = [.. model.Graph.Output.Select(output => output.Name)];
        Assert.Equal("image", inputs[0]);
        Assert.Contains("logits", outputs);
        Assert.Equal(inputs.Skip(1).Select(name => name + "_next").Order(StringComparer.Ordinal), outputs.Where(name => name != "logits").Order(StringComparer.Ordinal));

        // The official names, with one count of frames for all layers.
        var official = StreamStates.Of(ReleasedArchitectures.Get("a0"), NetworkVariant.Stream, 3, 64).Where(state => state.IsFloat).Select(state => state.Name);
        Assert.Equal([.. official, "state_frame_count"], inputs.Skip(1));

        var states = JsonDocument.Parse(model.MetadataProps.Single(entry => entry.Key == "states").Value).RootElement;
        Assert.Equal(inputs.Skip(1), states.EnumerateArray().Select(state => state.GetProperty("input").GetString()));
        foreach (var state in states.EnumerateArray())
        {
            var dims = model.Graph.Input.Single(input => input.Name == state.GetProperty("input").GetString()).Type.TensorType.Shape.Dim;
            Assert.Equal(dims.Select(dim => dim.DimParam.Length > 0 ? dim.DimParam : $"{dim.DimValue}"), state.GetProperty("shape").EnumerateArray().Select(size => $"{size}"));
        }
    }

    [Theory]
    [InlineData("base", 8)]
    [InlineData("stream", 8)]
    public void Golden_logits_of_an_independent_implementation_come_out_of_the_file_too(string variant, int frames)
    {
        const int size = 172, classes = 10;
        using var thread = new Threads(1);
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        using var network = new MoViNet(ReleasedArchitectures.Get("a0"), NetworkVariant.ByName[variant], classes, new FirstWeights(new RandomStream(1)));
        RuleFill.Fill(network);
        float[] golden = GoldenLogits.Of("a0", variant, frames, size);
        var options = new OnnxOptions { IsStream = variant == "stream", Frames = variant == "stream" ? 1 : frames, Resolution = size };
        using var exported = new ExportedNetwork(network, options);
        using var clip = RuleFill.Clip(frames, size);
        float[] said = variant == "stream" ? Stream(exported.Runtime, clip) : exported.Runtime.Classify(ColourFirst.Of(clip));
        AssertClose(golden, said, 1e-4);
    }

    [Fact]
    public void A_file_with_a_start_of_zeros_needs_no_state_for_its_first_step()
    {
        var random = new RandomStream(41);
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        using var network = FamilyLaws.Awake(ReleasedArchitectures.Get("a0"), NetworkVariant.Stream, random);
        using var given = new ExportedNetwork(network, Options(network));
        using var zeros = new ExportedNetwork(network, Options(network) with { Start = OnnxStart.Zeros });
        using var clip = new RandomFrames(random, 1, 3, Size).Clip(0, 3);
        using var first = zeros.Runtime.InitialState();
        Assert.Empty(first.Values);
        Assert.Equal(Stream(given.Runtime, clip), Stream(zeros.Runtime, clip));
        Assert.Equal(given.Runtime.StateBytes, zeros.Runtime.StateBytes);
        Assert.Throws<ArgumentOutOfRangeException>(() => zeros.Runtime.InitialState(2));
    }

    [Fact]
    public void A_file_with_a_start_of_its_own_goes_on_where_that_stream_stood()
    {
        var random = new RandomStream(42);
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        using var network = FamilyLaws.Awake(ReleasedArchitectures.Get("a0"), NetworkVariant.Causal, random);
        var frames = new RandomFrames(random, 1, 5, Size);
        var (_, stood) = network.Step(frames.Clip(0, 3), network.InitialState(1, Size));
        using var exported = new ExportedNetwork(network, Options(network) with { Start = OnnxStart.State, StartState = stood });
        var (expected, _) = network.Step(frames.Clip(3, 2), stood);
        AssertClose(expected.data<float>().ToArray(), Stream(exported.Runtime, frames.Clip(3, 2)), 1e-4);
    }

    [Fact]
    public void A_state_can_be_used_again_and_streams_side_by_side_do_not_see_each_other()
    {
        var random = new RandomStream(43);
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        using var network = FamilyLaws.Awake(ReleasedArchitectures.Get("a0"), NetworkVariant.Stream, random);
        using var exported = new ExportedNetwork(network, Options(network));
        var frames = new RandomFrames(random, 2, 2, Size);
        float[] pair = Stream(exported.Runtime, frames.Clip(0, 2));
        float[] one = Stream(exported.Runtime, frames.Clip(0, 2).narrow(0, 0, 1)), other = Stream(exported.Runtime, frames.Clip(0, 2).narrow(0, 1, 1));
        AssertClose([.. one, .. other], pair, 1e-5);

        using var start = exported.Runtime.InitialState();
        float[] frame = ColourFirst.Of(frames.Clip(0, 1).narrow(0, 0, 1));
        var (first, next) = exported.Runtime.Step(frame, start);
        var (again, nextAgain) = exported.Runtime.Step(frame, start);
        Assert.Equal(first, again);
        next.Dispose();
        nextAgain.Dispose();
    }

    [Theory]
    [InlineData("stream")]
    [InlineData("base")]
    public void Float16_is_half_the_file_and_close(string variant)
    {
        var random = new RandomStream(44);
        using var thread = new Threads(1);
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        using var network = FamilyLaws.Awake(ReleasedArchitectures.Get("a0"), NetworkVariant.ByName[variant], random);
        var options = Options(network) with { Resolution = 64, Frames = variant == "stream" ? 1 : 8 };
        using var full = new ExportedNetwork(network, options);
        using var half = new ExportedNetwork(network, options with { Precision = OnnxPrecision.Float16 });
        Assert.InRange(new FileInfo(half.Path).Length, 0, 0.55 * new FileInfo(full.Path).Length);
        double ofFull = OnnxComparison.Of(network, full.Runtime, new RandomStream(1)).LargestDifference;
        double ofHalf = OnnxComparison.Of(network, half.Runtime, new RandomStream(1)).LargestDifference;
        Assert.InRange(ofFull, 0, OnnxComparison.Float32Tolerance);
        Assert.InRange(ofHalf, 1e-5, OnnxComparison.Float16Tolerance); // float16 leaves traces
    }

    [Fact]
    public void A_comparison_sees_a_file_of_other_weights()
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        using var network = FamilyLaws.Awake(ReleasedArchitectures.Get("a0"), NetworkVariant.Stream, new RandomStream(45));
        using var exported = new ExportedNetwork(network, Options(network));
        foreach (var (name, parameter) in network.named_parameters())
            if (name.EndsWith("temporalWeight", StringComparison.Ordinal)) parameter.mul_(1.01f);
        Assert.True(OnnxComparison.Of(network, exported.Runtime, new RandomStream(1)).LargestDifference > OnnxComparison.Float32Tolerance);
    }

    [Fact]
    public void The_weights_have_a_hash_that_follows_them()
    {
        static string Hash(MoViNet network) =>
            OnnxExport.Model(network, Options(network), new Dictionary<string, string>()).MetadataProps.Single(entry => entry.Key == "weights_sha256").Value;
        using var unrecorded = no_grad();
        using var network = new MoViNet(ReleasedArchitectures.Get("t0"), NetworkVariant.Stream, Classes, new FirstWeights(new RandomStream(1)));
        string before = Hash(network);
        Assert.Equal(before, Hash(network));
        network.parameters().First().mul_(2);
        Assert.NotEqual(before, Hash(network));
    }

    [Fact]
    public void What_cannot_be_exported_is_refused_in_a_sentence()
    {
        using var folder = new TemporaryFolder();
        string file = folder["x.onnx"];
        string Refused(VideoNetwork network, OnnxOptions options) =>
            Assert.Throws<InputException>(() => OnnxExport.Write(file, network, options, new Dictionary<string, string>())).Message;
        using var whole = new MoViNet(ReleasedArchitectures.Get("a0"), NetworkVariant.Base, Classes, new FirstWeights(new RandomStream(1)));
        using var stream = new MoViNet(ReleasedArchitectures.Get("a0"), NetworkVariant.Stream, Classes, new FirstWeights(new RandomStream(1)));
        using var other = new ComparisonNetwork(new ComparisonDesign(ComparisonArchitectures.ByName["x3d-s"], false), Classes, new FirstWeights(new RandomStream(1)));
        Assert.Contains("takes MoViNets, and x3d-s is a network they are compared with", Refused(other, Options(whole)));
        Assert.Contains("base network needs whole clips", Refused(whole, Options(whole) with { IsStream = true }));
        Assert.Contains("only streams have a state", Refused(stream, Options(stream) with { IsStream = false, Start = OnnxStart.Zeros }));
        Assert.Contains("16x16 are too small for the strides of a0", Refused(stream, Options(stream) with { Resolution = 16 }));
        using var big = stream.InitialState(1, 64);
        Assert.Contains("of 64x64", Refused(stream, Options(stream) with { Start = OnnxStart.State, StartState = big }));
        Assert.False(File.Exists(file));
    }

    [Fact]
    public void What_cannot_be_run_is_refused_in_a_sentence()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("there is no file", Assert.Throws<InputException>(() => OnnxNetwork.Open(folder["none.onnx"])).Message);
        File.WriteAllText(folder["text.onnx"], "this is no network");
        Assert.Contains("OnnxRuntime does not take it", Assert.Throws<InputException>(() => OnnxNetwork.Open(folder["text.onnx"])).Message);
        var model = OnnxCheckTests.Model("t0", "stream", 1);
        model.MetadataProps.Clear();
        using (var stranger = File.Create(folder["stranger.onnx"])) Google.Protobuf.MessageExtensions.WriteTo(model, stranger);
        Assert.Contains("no network that `movinet export --onnx` wrote", Assert.Throws<InputException>(() => OnnxNetwork.Open(folder["stranger.onnx"])).Message);

        using var network = new MoViNet(ReleasedArchitectures.Get("t0"), NetworkVariant.Stream, Classes, new FirstWeights(new RandomStream(1)));
        using var exported = new ExportedNetwork(network, Options(network));
        using var start = exported.Runtime.InitialState();
        Assert.Contains("[1, 1, 3, 32, 32]", Assert.Throws<ArgumentException>(() => exported.Runtime.Step(new float[5], start)).Message);
        Assert.Throws<InvalidOperationException>(() => exported.Runtime.Classify(new float[3 * Size * Size]));
    }

    [Fact]
    public void OnnxRuntime_is_told_to_send_nothing_before_it_is_loaded()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the C library's environment is asked");
        OnnxLibrary.Prepare();
        Assert.Equal("1", System.Runtime.InteropServices.Marshal.PtrToStringUTF8(CLibrary.Variable("ORT_DISABLE_TELEMETRY")));
    }

    private static OnnxOptions Options(VideoNetwork network) => OnnxOptions.Of(network.Design, network.Design.Input) with { Resolution = Size };

    private static float[] Stream(OnnxNetwork runtime, Tensor clip)
    {
        var state = runtime.InitialState((int)clip.shape[0]);
        float[] logits = [];
        for (int t = 0; t < clip.shape[2]; t++)
        {
            (logits, var next) = runtime.Step(ColourFirst.Of(clip.narrow(2, t, 1)), state);
            state.Dispose();
            state = next;
        }

        state.Dispose();
        return logits;
    }

    private static void AssertClose(float[] expected, float[] actual, double tolerance)
    {
        double most = tolerance * expected.Max(Math.Abs);
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.InRange(actual[i], expected[i] - most, expected[i] + most);
    }
}
