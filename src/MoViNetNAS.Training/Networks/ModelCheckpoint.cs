using System.Security.Cryptography;
using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Training;

/// <summary>A trained network on disk: <c>model.safetensors</c> with the weights and, beside it, <c>model.json</c> with what they are.</summary>
public static class ModelCheckpoint
{
    private const string WeightsFile = "model.safetensors";
    private const string CardFile = "model.json";

    /// <summary>Writes a network and its card into <paramref name="folder"/>; the card last, so that a folder with a card is whole.</summary>
    public static string Save(string folder, VideoNetwork network, ModelCard card)
    {
        string weights = Path.Combine(folder, WeightsFile);
        SafetensorsFile.Write(weights, [.. Tensors(network)], new Dictionary<string, string> { ["format"] = "movinetnas-1" });
        AtomicFile.WriteText(Path.Combine(folder, CardFile), card.ToJson());
        return weights;
    }

    /// <summary>Reads a network.</summary>
    /// <param name="path">The folder, its card or its weights.</param>
    /// <param name="device">Where to put it.</param>
    /// <returns>The caller disposes the network.</returns>
    /// <exception cref="InputException">A file is missing, damaged, or the two do not belong together.</exception>
    public static (VideoNetwork Network, ModelCard Card) Load(string path, Device device)
    {
        string cardPath = CardOf(path), weights = Path.Combine(Path.GetDirectoryName(cardPath)!, WeightsFile);
        var card = ReadCard(path);
        var network = VideoNetwork.Of(card.Design, card.Classes.Count, new FirstWeights(new RandomStream(0)));
        var (tensors, _) = SafetensorsFile.Read(weights);
        NetworkWeights.Copy(network, tensors, weights, $"the network of {cardPath}");
        foreach (var tensor in tensors.Values) tensor.Dispose();
        network.to(device);
        return (network, card);
    }

    /// <summary>Reads what a network is, not its weights.</summary>
    /// <param name="path">As for <see cref="Load"/>.</param>
    /// <exception cref="InputException">There is no card, or it has mistakes.</exception>
    public static ModelCard ReadCard(string path) => ConfigDocument.Load(CardOf(path), ModelCard.Read);

    /// <summary>The hash that tells trained weights from others: of the file of weights, SHA-256, 64 hexadecimal digits.</summary>
    /// <param name="path">As for <see cref="Load"/>.</param>
    /// <returns>Null when there are no weights.</returns>
    /// <exception cref="MachineException">They cannot be read.</exception>
    public static string? WeightsHash(string path)
    {
        string weights = Path.Combine(FolderOf(path), WeightsFile);
        try
        {
            using var stream = File.OpenRead(weights);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"cannot read {weights}: {e.Message}", e);
        }
    }

    private static string FolderOf(string path) => Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!;

    private static string CardOf(string path)
    {
        if (!Directory.Exists(path) && !File.Exists(path)) throw new InputException($"there is no file or folder '{path}' to read a network from{NearestName.FileEnd(path)}");
        string card = Path.Combine(FolderOf(path), CardFile);
        return File.Exists(card) ? card : throw new InputException($"{path} is no checkpoint: there is no {card}.");
    }

    internal static IEnumerable<KeyValuePair<string, Tensor>> Tensors(VideoNetwork network) =>
        network.state_dict().Select(entry => new KeyValuePair<string, Tensor>(entry.Key, entry.Value));
}
