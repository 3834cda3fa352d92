using MoViNetNAS.Spaces;

namespace MoViNetNAS.Models;

/// <summary>Which released network a state dict of the port is of.</summary>
/// <param name="Architecture">One of <see cref="ReleasedArchitectures"/>.</param>
/// <param name="Variant">Base or stream. Causal networks have the shapes of base ones and are taken for them.</param>
/// <param name="Classes">Outputs of its classifier.</param>
/// <param name="Layout">How the file lays it out.</param>
public sealed record PortModel(Architecture Architecture, NetworkVariant Variant, int Classes, PortLayout Layout)
{
    /// <summary>Recognises a state dict by its keys and shapes.</summary>
    /// <param name="tensors">The state dict.</param>
    /// <param name="file">What mistakes call it.</param>
    /// <exception cref="InputException">No released network fits; says which comes nearest and where it differs.</exception>
    public static PortModel Recognise(IReadOnlyDictionary<string, TorchSharp.torch.Tensor> tensors, string file)
    {
        var shapes = tensors.Where(entry => !entry.Key.EndsWith(PortNames.CounterSuffix, StringComparison.Ordinal))
            .ToDictionary(entry => entry.Key, entry => entry.Value.shape);
        var layout = shapes.Keys.Any(key => key.Contains(".conv3d.", StringComparison.Ordinal)) ? PortLayout.Conv3d : PortLayout.Conv2d;
        int classes = ClassesOf(tensors, file);
        var variant = VariantOf(shapes, layout);
        var candidates = ReleasedArchitectures.ByName.Values
            .Select(architecture => new PortModel(architecture, variant, classes, layout))
            .Select(model => (Model: model, Differences: Differences(model, shapes)))
            .OrderBy(candidate => candidate.Differences.Count).ToArray();
        var (nearest, differences) = candidates[0];
        if (differences.Count == 0) return nearest;
        throw new InputException(
            $"{file}: no released network has these weights; the nearest is {nearest.Architecture.Name} ({variant.Name}, {nearest.Classes} classes), " +
            $"from which {differences.Count} of {shapes.Count} keys differ, first {differences[0]}.");
    }

    /// <summary>Outputs of the classifier of a state dict of the port.</summary>
    /// <param name="tensors">The state dict.</param>
    /// <param name="file">What mistakes call it.</param>
    /// <exception cref="InputException">It has no classifier, or one of another form.</exception>
    public static int ClassesOf(IReadOnlyDictionary<string, TorchSharp.torch.Tensor> tensors, string file)
    {
        string[] names = [$"{PortNames.ClassifierPrefix}conv3d.weight", $"{PortNames.ClassifierPrefix}conv2d.weight"];
        if (names.FirstOrDefault(tensors.ContainsKey) is not { } classifier)
        {
            string first = tensors.Count == 0 ? "nothing" : string.Join(", ", tensors.Keys.Take(3).Select(Quoted.Of));
            string more = tensors.Count > 3 ? $" and {tensors.Count - 3} more" : "";
            throw new InputException($"{file}: no state dict of the PyTorch port: there is no '{names[0]}' or '{names[1]}'; it holds {first}{more}.");
        }

        long[] last = tensors[classifier].shape;
        return last.Length >= 2 && last[0] is >= 1 and <= int.MaxValue
            ? (int)last[0]
            : throw new InputException(
                $"{file}: '{classifier}' has the shape {Quoted.Shape(last)}; [classes, units, 1, 1(, 1)] is expected, with 1 or more classes.");
    }

    // Split kernels have a second part, over time, in some layers of every released network.
    private static NetworkVariant VariantOf(Dictionary<string, long[]> shapes, PortLayout layout)
    {
        bool isStream = layout == PortLayout.Conv2d || shapes.Keys.Any(key => key.Contains(".deep.conv_2.", StringComparison.Ordinal));
        return isStream
            ? NetworkVariant.Stream with { HasPositionalEncoding = shapes.Keys.Any(key => key.EndsWith(PortNames.PositionSuffix, StringComparison.Ordinal)) }
            : NetworkVariant.Base;
    }

    private static List<string> Differences(PortModel model, Dictionary<string, long[]> shapes)
    {
        var wanted = PortNames.Of(model.Architecture, model.Variant, model.Classes, model.Layout)
            .Where(entry => !entry.IsCounter).ToDictionary(entry => entry.Key, entry => entry.Shape);
        var differences = new List<string>();
        foreach (var (key, shape) in wanted)
        {
            if (!shapes.TryGetValue(key, out long[]? given)) differences.Add($"{Quoted.Of(key)}, which is missing");
            else if (!given.SequenceEqual(shape)) differences.Add($"{Quoted.Of(key)}, which is {Quoted.Shape(given)} and not {Quoted.Shape(shape)}");
        }

        differences.AddRange(shapes.Keys.Where(key => !wanted.ContainsKey(key)).Select(key => $"{Quoted.Of(key)}, which it does not have"));
        return differences;
    }
}
