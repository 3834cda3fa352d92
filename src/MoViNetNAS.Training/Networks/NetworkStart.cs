using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Training;

/// <summary>First weights of a training that come from an earlier one.</summary>
public static class NetworkStart
{
    private const string ClassifierBias = "network.head.classifier.bias";

    /// <summary>Copies what a search has learned for the architecture of <paramref name="network"/>.</summary>
    /// <param name="network">Its parameters are overwritten; its norms have no statistics yet, see <see cref="NormCalibration"/>.</param>
    /// <param name="space">The space of the search.</param>
    /// <param name="variant">The variant of the search.</param>
    /// <param name="path">The checkpoint of the search.</param>
    /// <exception cref="InputException">The file is missing, damaged or of another search; or variant or classes are not those of the network.</exception>
    public static void FromSupernet(MoViNet network, SearchSpace space, NetworkVariant variant, string path)
    {
        if (network.Variant != variant)
            throw new InputException($"{path} has the shared weights of a '{variant.Name}' network; a '{network.Variant.Name}' one cannot start from them.");
        var (tensors, _) = SafetensorsFile.Read(path);
        try
        {
            long classes = tensors.TryGetValue(ClassifierBias, out var bias) ? bias.shape[0] : network.Classes;
            if (classes != network.Classes)
                throw new InputException($"{path} has the shared weights of a network for {classes} classes; these data have {network.Classes}.");
            using var supernet = new Supernet(space, variant, network.Classes, new FirstWeights(new RandomStream(0)));
            SavedTensors.Copy(supernet.named_parameters().Select(p => KeyValuePair.Create(p.name, (Tensor)p.parameter)), tensors, path);
            supernet.CopyTo(network);
        }
        finally
        {
            foreach (var tensor in tensors.Values) tensor.Dispose();
        }
    }

    /// <summary>Copies weights and running averages of a checkpoint of the same design; not the last layer where the classes are others.</summary>
    /// <param name="network">Where to.</param>
    /// <param name="classes">Its class names.</param>
    /// <param name="path">Folder, card or weights of the checkpoint.</param>
    /// <returns>Whether the last layer was left as it was.</returns>
    /// <exception cref="InputException">The checkpoint is missing, damaged, or of another design.</exception>
    public static bool FromCheckpoint(VideoNetwork network, IReadOnlyList<string> classes, string path)
    {
        var (source, card) = ModelCheckpoint.Load(path, CPU);
        using (source)
        {
            bool isNewClassifier = !card.Classes.SequenceEqual(classes);
            var tensors = ModelCheckpoint.Tensors(source).ToDictionary();
            SavedTensors.Copy(
                ModelCheckpoint.Tensors(network).Where(entry => !isNewClassifier || !FrozenParts.IsClassifier(entry.Key)), tensors, path);
            return isNewClassifier;
        }
    }
}
