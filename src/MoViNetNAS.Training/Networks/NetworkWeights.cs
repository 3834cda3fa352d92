using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Training;

/// <summary>Weights of a file into a network: all that it has, or nothing.</summary>
public static class NetworkWeights
{
    private static readonly string[] PyTorchEndings = [".pt", ".pth", ".ckpt", ".bin"];

    /// <summary>The tensors of a safetensors file or of a PyTorch state dict (.pt, .pth); the caller disposes them.</summary>
    /// <exception cref="InputException">The file is missing, damaged, or holds more than tensors.</exception>
    public static IReadOnlyDictionary<string, Tensor> Read(string path)
    {
        bool isPyTorch = PyTorchEndings.Contains(Path.GetExtension(path).ToLowerInvariant());
        return isPyTorch ? PyTorchFile.Read(path) : SafetensorsFile.Read(path).Tensors;
    }

    /// <summary>Loads a file, under our names or, for a MoViNet, those of the PyTorch port.</summary>
    /// <param name="network">Its weights and running averages are overwritten.</param>
    /// <param name="path">A safetensors file or a PyTorch state dict.</param>
    /// <exception cref="InputException">The file is missing or damaged, or its tensors are not those of the network.</exception>
    public static void Load(VideoNetwork network, string path)
    {
        var tensors = Read(path);
        try
        {
            bool isOurs = tensors.Keys.Any(network.state_dict().ContainsKey);
            if (!isOurs && network is MoViNet moViNet) PortWeights.Import(moViNet, tensors, path);
            else Copy(network, tensors, path, $"{network.Design.Name} ({network.Design.VariantName}, {network.Classes} classes)");
        }
        finally
        {
            foreach (var tensor in tensors.Values) tensor.Dispose();
        }
    }

    /// <summary>Copies tensors under our names.</summary>
    /// <param name="network">Where to.</param>
    /// <param name="tensors">All that the network has, and nothing else.</param>
    /// <param name="file">What mistakes call the tensors.</param>
    /// <param name="name">What mistakes call the network.</param>
    internal static void Copy(VideoNetwork network, IReadOnlyDictionary<string, Tensor> tensors, string file, string name)
    {
        var own = network.state_dict();
        if (tensors.Keys.FirstOrDefault(name => !own.ContainsKey(name)) is { } stranger)
            throw new InputException($"{file}: there is a tensor '{stranger}', which {name} does not have{NearestName.End(stranger, own.Keys)}");
        using (NewDisposeScope())
        {
            if (tensors.FirstOrDefault(entry => !entry.Value.isfinite().all().item<bool>()).Key is { } broken)
                throw new InputException($"{file}: tensor '{broken}' holds NaN or an infinity; such weights are of no use.");
        }

        SavedTensors.Copy(own.Select(entry => KeyValuePair.Create(entry.Key, entry.Value)), tensors, file);
    }
}
