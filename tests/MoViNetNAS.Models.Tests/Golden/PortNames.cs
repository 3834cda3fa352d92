using MoViNetNAS.Spaces;

namespace MoViNetNAS.Models.Tests;

/// <summary>The names that the PyTorch port (Atze00/MoViNet-pytorch, v3 weights) gives to a network's parameters, by ours.</summary>
internal static class PortNames
{
    public static IReadOnlyDictionary<string, string> Of(MoViNet network)
    {
        bool isStream = network.Variant.Convolution == ConvolutionType.Split2plus1d;
        string x = isStream ? "conv2d" : "conv3d";
        var names = new Dictionary<string, string>();
        void Norm(string ours, string port)
        {
            names[$"{ours}.scale"] = $"{port}.norm.weight";
            names[$"{ours}.shift"] = $"{port}.norm.bias";
            names[$"{ours}.runningMean"] = $"{port}.norm.running_mean";
            names[$"{ours}.runningVariance"] = $"{port}.norm.running_var";
        }

        void Dense(string ours, string port)
        {
            names[$"{ours}.weight"] = $"{port}.conv_1.{x}.weight";
            names[$"{ours}.bias"] = $"{port}.conv_1.{x}.bias";
        }

        Dense("network.stem", "conv1");
        Norm("network.stem.norm", "conv1.conv_1");
        foreach (var site in network.Architecture.Sites())
        {
            string ours = $"network.layers.{site.Ordinal - 1}", port = $"blocks.b{site.Block}_l{site.Layer}";
            Dense($"{ours}.expand", $"{port}.expand");
            Norm($"{ours}.expandNorm", $"{port}.expand.conv_1");
            Dense($"{ours}.branches.0", $"{port}.deep");
            Norm($"{ours}.branches.0.norm", $"{port}.deep.conv_1");
            names[$"{ours}.branches.0.temporalWeight"] = $"{port}.deep.conv_2.conv2d.weight";
            Norm($"{ours}.branches.0.temporalNorm", $"{port}.deep.conv_2");
            Dense($"{ours}.squeezeExcite.reduce", $"{port}.se.fc1");
            Dense($"{ours}.squeezeExcite.expand", $"{port}.se.fc2");
            Dense($"{ours}.project", $"{port}.project");
            Norm($"{ours}.projectNorm", $"{port}.project.conv_1");
            names[$"{ours}.residualScale"] = $"{port}.alpha";
            string skip = site.Stride > 1 ? "res.1" : "res.0";
            Dense($"{ours}.skip.project", $"{port}.{skip}");
            Norm($"{ours}.skip.norm", $"{port}.{skip}.conv_1");
        }

        Dense("network.head.project", "conv7");
        Norm("network.head.norm", "conv7.conv_1");
        Dense("network.head.dense", "classifier.0");
        Dense("network.head.classifier", "classifier.3");
        return names;
    }
}
