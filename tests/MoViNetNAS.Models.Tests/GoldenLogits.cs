using System.Text.Json;
using MoViNetNAS.Spaces;
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
        RuleFill.Fill(network);
        using var clip = RuleFill.Clip(golden.Frames, golden.Resolution);

        AssertClose(golden.Logits, network.Classify(clip).data<float>().ToArray());
        if (golden.FirstFrameLogits is not { } first) return;
        using var start = network.InitialState(1, golden.Resolution);
        var (logits, next) = network.Step(clip.narrow(2, 0, 1), start);
        AssertClose(first, logits.data<float>().ToArray());
        next.Dispose();
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
