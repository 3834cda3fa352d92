using System.Text.Json;
using MoViNetNAS.Data;
using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using static TorchSharp.torch;

namespace MoViNetNAS.Cli.Tests;

/// <summary>Weights come in, answer, and go out again.</summary>
public sealed class WeightVerbTests : IDisposable
{
    private const int Classes = 5, Frames = 4, Size = 32;
    private readonly string _folder = Directory.CreateTempSubdirectory("movinet-weights-").FullName;

    private string Weights => At("port.safetensors");

    private string Model => At("imported");

    private string Clip => At("clip.npy");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("base")]
    [InlineData("stream")]
    public void Imported_weights_answer_as_the_network_they_came_from_and_go_out_byte_by_byte(string variant)
    {
        var (whole, first) = WritePort(variant);
        WriteClip();
        var report = Movinet.Done("import", Weights, "--output", Model, "--json").Json;
        Assert.Equal(("a0", variant, Classes), (report.GetProperty("model").GetString(), report.GetProperty("variant").GetString(), report.GetProperty("classes").GetInt32()));
        Assert.Equal(0, report.GetProperty("missing").GetInt32());
        int keys = report.GetProperty("keys").GetArrayLength();
        Assert.Equal(keys, report.GetProperty("used").GetInt32() + report.GetProperty("ignored").GetInt32());
        Assert.Equal(["import.json", "model.json", "model.safetensors"], Directory.GetFiles(Model).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        var said = Movinet.Done("predict", "--checkpoint", Model, "--clip", Clip, "--json").Json;
        AssertClose(whole, Logits(said));
        Assert.Equal(whole.Max(), said.GetProperty("top")[0].GetProperty("logit").GetDouble(), 1e-4 * whole.Max(Math.Abs));
        if (variant == "stream")
        {
            var perFrame = Movinet.Done("predict", "--checkpoint", Model, "--clip", Clip, "--frame-by-frame", "--json").Json.GetProperty("perFrame");
            Assert.Equal(Frames, perFrame.GetArrayLength());
            AssertClose(first, Logits(perFrame[0]));
            AssertClose(whole, Logits(perFrame[Frames - 1]));
        }

        Movinet.Done("export", "--checkpoint", Model, "--weights", At("again.safetensors"));
        Assert.Equal(File.ReadAllBytes(Weights), File.ReadAllBytes(At("again.safetensors")));
    }

    [Fact]
    public void A_network_by_name_takes_the_same_file()
    {
        var (whole, _) = WritePort("stream");
        WriteClip();
        var said = Movinet.Done("predict", "--model", "a0", "--variant", "stream", "--classes", $"{Classes}", "--weights", Weights, "--clip", Clip, "--json").Json;
        AssertClose(whole, Logits(said));
        string sentence = Movinet.Refused("predict", "--model", "a1", "--variant", "stream", "--classes", $"{Classes}", "--weights", Weights, "--clip", Clip);
        Assert.Contains("do not fit the network", sentence);
    }

    [Fact]
    public void A6_says_the_mean_of_what_a4_and_a5_say()
    {
        WriteClip();
        float[] Ask(string model) => Logits(Movinet.Done("predict", "--model", model, "--classes", "3", "--clip", Clip, "--json").Json);
        Assert.Equal(3, Ask("a6").Length);
        var cost = Movinet.Done("cost", "--model", "a6", "--json").Json;
        // Source: README of the official MoViNet code: 386 GFLOPs for A6, the sum of 105 and 281.
        Assert.Equal(386e9, cost.GetProperty("paperFlops").GetDouble(), 386e9 * 0.005);
        Assert.Equal(2, cost.GetProperty("members").GetArrayLength());
    }

    [Theory]
    [InlineData("mobilenetv3-small-tsm", "causal", true)]
    [InlineData("x3d-s", "base", false)]
    [InlineData("resnet3d-50", "causal", true)]
    public void Comparison_networks_answer_too(string model, string variant, bool streams)
    {
        WriteClip();
        string[] ask = ["predict", "--model", model, "--variant", variant, "--classes", "3", "--clip", Clip, "--json"];
        float[] whole = Logits(Movinet.Done(ask).Json);
        Assert.Equal(3, whole.Length);
        if (!streams) return;
        var perFrame = Movinet.Done([.. ask, "--frame-by-frame"]).Json.GetProperty("perFrame");
        AssertClose(whole, Logits(perFrame[Frames - 1]));
    }

    [Fact]
    public void The_states_of_a_stream_are_listed()
    {
        var states = Movinet.Done("space", "show", "--model", "a0", "--variant", "stream", "--states", "--json").Json;
        Assert.Equal(43, states.GetArrayLength()); // Source: official MoViNet code, states of A0 stream
        Assert.Contains("43 tensors, 2.697 MB", Movinet.Done("space", "show", "--model", "a0", "--variant", "stream", "--states").Output);
        Assert.Contains("carries nothing", Movinet.Refused("space", "show", "--model", "a0", "--states"));
    }

    [Fact]
    public void What_cannot_be_asked_is_said_in_one_sentence()
    {
        WritePort("base");
        WriteClip();
        NpyFile.Write(At("wide.npy"), new NpyClip(1, 32, 40, new byte[32 * 40 * 3]));
        NpyFile.Write(At("small.npy"), new NpyClip(1, 16, 16, new byte[16 * 16 * 3]));
        File.WriteAllText(At("names.txt"), "one\ntwo");
        Movinet.Done("import", Weights, "--output", Model);
        Assert.Contains("is not empty", Movinet.Refused("import", Weights, "--output", Model));
        Assert.Contains("2 names; the weights have 5 classes", Movinet.Refused("import", Weights, "--output", At("x"), "--class-names", At("names.txt")));
        Assert.Contains("needs --variant base or stream", Movinet.Refused("import", Weights, "--output", At("x"), "--model", "a0"));
        Assert.False(Directory.Exists(At("x")));
        Assert.Contains("needs a causal network", Movinet.Refused("predict", "--checkpoint", Model, "--clip", Clip, "--frame-by-frame"));
        Assert.Contains("32x40; networks take square ones", Movinet.Refused("predict", "--checkpoint", Model, "--clip", At("wide.npy")));
        Assert.Contains("too small for the strides of a0", Movinet.Refused("predict", "--checkpoint", Model, "--clip", At("small.npy")));
        Assert.Contains("do not go together", Movinet.Refused("predict", "--checkpoint", Model, "--model", "a0", "--clip", Clip));
        Assert.Contains("which network?", Movinet.Refused("predict", "--clip", Clip));
        Assert.Contains("there is no file", Movinet.Refused("predict", "--checkpoint", Model, "--clip", At("none.npy")));
        Assert.Contains("was imported", Movinet.Refused("eval", "--checkpoint", Model));
        Assert.Contains("have five axes", Movinet.Refused("export", "--checkpoint", Model, "--weights", At("y"), "--layout", "conv2d"));
    }

    [Fact]
    public void A_checkpoint_with_weights_that_are_no_numbers_is_refused_by_name()
    {
        WritePort("base");
        Movinet.Done("import", Weights, "--output", Model);
        string path = Path.Combine(Model, "model.safetensors");
        var (tensors, metadata) = SafetensorsFile.Read(path);
        using (no_grad()) tensors["network.stem.weight"].fill_(float.NaN);
        SafetensorsFile.Write(path, [.. tensors], metadata);
        foreach (var tensor in tensors.Values) tensor.Dispose();
        WriteClip();
        Assert.Contains("tensor 'network.stem.weight' holds NaN", Movinet.Refused("predict", "--checkpoint", Model, "--clip", Clip));
    }

    // Weights of a network that nothing is silent in, and what it says of the clip: whole, and after its first frame.
    private (float[] Whole, float[] First) WritePort(string variant)
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        using var network = new MoViNet(
            ReleasedArchitectures.Get("a0"), NetworkVariant.ByName[variant], Classes, new FirstWeights(new RandomStream(3), ResidualScale: 0.5));
        SafetensorsFile.Write(Weights, PortWeights.Export(network), new Dictionary<string, string> { ["format"] = "pt" });
        var clip = tensor(Pixels()).view(1, Frames, Size, Size, 3).permute(0, 4, 1, 2, 3).to(ScalarType.Float32) / 255;
        float[] whole = network.Classify(clip).data<float>().ToArray();
        return (whole, network.Classify(clip.narrow(2, 0, 1)).data<float>().ToArray());
    }

    private void WriteClip() => NpyFile.Write(Clip, new NpyClip(Frames, Size, Size, Pixels()));

    private string At(string name) => Path.Combine(_folder, name);

    private static byte[] Pixels()
    {
        var random = new RandomStream(9);
        return [.. Enumerable.Range(0, Frames * Size * Size * 3).Select(_ => (byte)random.Below(256))];
    }

    private static float[] Logits(JsonElement said) => [.. said.GetProperty("logits").EnumerateArray().Select(logit => logit.GetSingle())];

    // Folded norms and another order of additions: 1e-5 of the largest logit.
    private static void AssertClose(float[] expected, float[] actual)
    {
        float tolerance = 1e-5f * Math.Max(1, expected.Max(Math.Abs));
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.InRange(actual[i], expected[i] - tolerance, expected[i] + tolerance);
    }
}
