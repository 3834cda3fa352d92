using MoViNetNAS.Spaces;

namespace MoViNetNAS.Models.Tests;

/// <summary>Small spaces and networks for laws that must hold for all.</summary>
internal static class TinySpace
{
    public static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder!.FullName, "MoViNetNAS.sln"))) folder = folder.Parent;
            return folder.FullName;
        }
    }

    public static SearchSpace Load(string name) => SpaceFile.Load(Path.Combine(Root, "searchspaces", $"{name}.json"));

    /// <summary>Gives every parameter that starts at zero a value, so that no path is silent (a fresh ReZero layer is its skip path).</summary>
    public static void Wake(TorchSharp.torch.nn.Module network, RandomStream random)
    {
        using var unrecorded = TorchSharp.torch.no_grad();
        foreach (var (_, parameter) in network.named_parameters())
        {
            if (parameter.abs().max().item<float>() != 0) continue;
            var values = new float[parameter.numel()];
            for (int i = 0; i < values.Length; i++) values[i] = (float)random.Uniform(0.3, 0.9);
            parameter.copy_(TorchSharp.torch.tensor(values, parameter.shape));
        }

        // Running averages of a network that has seen data: not 0 and 1.
        foreach (var (name, buffer) in network.named_buffers())
        {
            var values = new float[buffer.numel()];
            bool isVariance = name.EndsWith("Variance", StringComparison.Ordinal);
            for (int i = 0; i < values.Length; i++) values[i] = (float)(isVariance ? random.Uniform(0.5, 2) : random.Uniform(-0.3, 0.3));
            buffer.copy_(TorchSharp.torch.tensor(values, buffer.shape));
        }
    }
}
