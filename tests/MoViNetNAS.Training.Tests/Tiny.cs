using MoViNetNAS.Data;
using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Training.Tests;

/// <summary>The smallest real things: a space of two blocks at 16 x 16 and four frames, clips for it, networks of it.</summary>
internal static class Tiny
{
    public const int Frames = 4, Resolution = 16;

    public const string SpaceText =
        """
        {
          "format": 1, "name": "mini", "input": { "frames": 4, "resolution": 16 }, "widthMultipliers": [1, 2], "stem": { "width": 8 },
          "layer": { "kernels": ["1x3x3", "3x3x3", "5x1x1"], "expansions": [1, 2], "squeezeExcite": [true, false] },
          "blocks": [{ "width": 8, "stride": 2, "depth": [1, 1] }, { "width": 8, "stride": 2, "depth": [1, 2] }],
          "head": { "width": 16, "denseWidth": 16 }
        }
        """;

    public static SearchSpace Space { get; } = SpaceFile.Parse("mini.json", SpaceText);

    /// <summary>Eight classes that differ by motion only.</summary>
    public static MovingShapes Clips(int score = 20) => new(new MovingShapesOptions
    {
        Frames = Frames,
        Resolution = Resolution,
        WeightsClips = 24,
        ScoreClips = score,
        TestClips = 16,
    });

    /// <summary>A network with kernels in time and squeeze-excite, whose residual branches are awake.</summary>
    public static MoViNet Network(NetworkVariant variant, ulong seed = 1, int classes = 8) =>
        new(Space.Resolve(Space.Parse("0:0:0:1:1:0:1:1:2:0:0:1:1:0:1")), variant, classes, new FirstWeights(new RandomStream(seed), ResidualScale: 1));

    public static Supernet Supernet(ulong seed = 1) =>
        new(Space, NetworkVariant.Causal, 8, new FirstWeights(new RandomStream(seed), ResidualScale: 1));

    /// <summary>Every parameter and running average by name.</summary>
    public static SortedDictionary<string, float[]> Values(nn.Module module) =>
        new(module.state_dict().ToDictionary(entry => entry.Key, entry => Floats(entry.Value)), StringComparer.Ordinal);

    /// <summary>The gradient of every parameter that has one that is not zero.</summary>
    public static SortedDictionary<string, float[]> Gradients(nn.Module module)
    {
        using var scope = NewDisposeScope();
        var gradients = new SortedDictionary<string, float[]>(StringComparer.Ordinal);
        foreach (var (name, parameter) in module.named_parameters())
            if (parameter.grad is { } gradient && gradient.abs().max().item<float>() > 0) gradients[name] = Floats(gradient);
        return gradients;
    }

    public static float[] Floats(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.numel() == 0 ? [] : tensor.detach().contiguous().data<float>().ToArray(); // an accessor of nothing throws
    }

    public static void AssertSame(SortedDictionary<string, float[]> expected, SortedDictionary<string, float[]> actual)
    {
        Assert.Equal(expected.Keys, actual.Keys);
        foreach (var (name, values) in expected) Assert.True(values.AsSpan().SequenceEqual(actual[name]), $"{name} differs");
    }

    /// <summary>Equal to <paramref name="share"/> of the largest number of each tensor: sums made in another order.</summary>
    public static void AssertClose(SortedDictionary<string, float[]> expected, SortedDictionary<string, float[]> actual, double share)
    {
        Assert.Equal(expected.Keys, actual.Keys);
        foreach (var (name, values) in expected)
        {
            double tolerance = share * Math.Max(1e-3, values.Max(Math.Abs));
            for (int i = 0; i < values.Length; i++)
                Assert.True(Math.Abs(values[i] - actual[name][i]) <= tolerance, $"{name}[{i}]: {values[i]} and {actual[name][i]}");
        }
    }
}
