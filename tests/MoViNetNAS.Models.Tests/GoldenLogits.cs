using System.Text.Json;
using MoViNetNAS.Spaces;
using MoViNetNAS.Tests;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests;

/// <summary>Logits of an independent implementation, whose released weights were validated against the official models.</summary>
/// <remarks>Source: PyTorch port Atze00/MoViNet-pytorch, tf_like, evaluation mode, PyTorch 1.13; weights filled by <see cref="RuleFill"/>.</remarks>
public sealed class GoldenLogits
{
    public static TheoryData<int> Cases() => [.. Enumerable.Range(0, Read().Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Logits_equal_those_of_the_independent_implementation(int index)
    {
        var golden = Read()[index];
        var variant = NetworkVariant.ByName[golden.Variant];
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        using var network = new MoViNet(ReleasedArchitectures.Get(golden.Model), variant, golden.Classes, new FirstWeights(new RandomStream(1)));
        FillThroughFile(network);
        using var clip = RuleFill.Clip(golden.Frames, golden.Resolution);

        AssertClose(golden.Logits, network.Classify(clip).data<float>().ToArray());
        if (golden.FirstFrameLogits is not { } first) return;
        using var start = network.InitialState(1, golden.Resolution);
        var (logits, next) = network.Step(clip.narrow(2, 0, 1), start);
        AssertClose(first, logits.data<float>().ToArray());
        next.Dispose();
    }

    /// <summary>The golden logits of a network filled by rule, for the whole clip.</summary>
    internal static float[] Of(string model, string variant, int frames, int resolution) =>
        Read().Single(golden => (golden.Model, golden.Variant, golden.Frames, golden.Resolution) == (model, variant, frames, resolution)).Logits;

    // The way that weights of the port come: its names and shapes, in a file.
    private static void FillThroughFile(MoViNet network)
    {
        using var folder = new TemporaryFolder();
        string file = folder["port.safetensors"];
        var rule = RuleFill.Tensors(network.Architecture, network.Variant, network.Classes, PortNames.UsualLayout(network.Variant));
        SafetensorsFile.Write(file, rule, new Dictionary<string, string>());
        var (read, _) = SafetensorsFile.Read(file);
        var report = PortWeights.Import(network, read, file);
        Assert.Equal(network.state_dict().Count, report.Count(PortKeyState.Used));
        foreach (var tensor in rule.Select(entry => entry.Value).Concat(read.Values)) tensor.Dispose();
    }

    // Two frameworks add up in different orders: 1e-4 of the largest logit.
    private static void AssertClose(float[] expected, float[] actual)
    {
        float tolerance = 1e-4f * expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++) Assert.InRange(actual[i], expected[i] - tolerance, expected[i] + tolerance);
    }

    private static GoldenCase[] Read()
    {
        using var stream = typeof(GoldenLogits).Assembly.GetManifestResourceStream("MoViNetNAS.Models.Tests.Golden.port-logits.json")!;
        return JsonSerializer.Deserialize<GoldenCase[]>(stream, JsonSerializerOptions.Web)!;
    }

    private sealed record GoldenCase(
        string Model, string Variant, int Frames, int Resolution, int Classes, float[] Logits, float[]? FirstFrameLogits);
}
