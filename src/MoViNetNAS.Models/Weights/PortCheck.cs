using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>Looks at one key of a state dict of the port.</summary>
internal static class PortCheck
{
    private const int MostCandidates = 50; // with more it is another network or other names, no typing mistake
    private const int LongestName = 200;

    /// <summary>A key of the network; null for a counter that the file lacks.</summary>
    public static PortKey? Of(PortTensor entry, IReadOnlyDictionary<string, Tensor> tensors, HashSet<string> known)
    {
        if (!tensors.TryGetValue(entry.Key, out var tensor))
        {
            if (entry.IsCounter) return null;
            return new PortKey(entry.Key, PortKeyState.Missing, $"is missing{Hint(entry.Key, tensors.Keys.Where(key => !known.Contains(key)))}");
        }

        if (entry.IsCounter) return new PortKey(entry.Key, PortKeyState.Ignored, "");
        if (!tensor.shape.SequenceEqual(entry.Shape))
            return new PortKey(entry.Key, PortKeyState.WrongShape, $"has the shape {Quoted.Shape(tensor.shape)}, here it is {Quoted.Shape(entry.Shape)}");
        if (tensor.dtype is not (ScalarType.Float32 or ScalarType.Float64 or ScalarType.Float16 or ScalarType.BFloat16))
            return new PortKey(entry.Key, PortKeyState.WrongType, $"is {tensor.dtype}; Float32, Float64, Float16 and BFloat16 are taken");
        if (WrongValue(entry, tensor) is { } wrong) return new PortKey(entry.Key, PortKeyState.WrongValue, wrong);
        return tensor.dtype == ScalarType.Float32
            ? new PortKey(entry.Key, PortKeyState.Used, "")
            : new PortKey(entry.Key, PortKeyState.Converted, $"was converted from {tensor.dtype} to Float32");
    }

    /// <summary>A key that only the file has.</summary>
    public static PortKey OfStranger(string key, HashSet<string> known, IReadOnlyDictionary<string, Tensor> tensors) =>
        key.EndsWith(PortNames.CounterSuffix, StringComparison.Ordinal)
            ? new PortKey(key, PortKeyState.Ignored, "")
            : new PortKey(key, PortKeyState.Unknown, $"is not of this network{Hint(key, known.Where(name => !tensors.ContainsKey(name)))}");

    private static string? WrongValue(PortTensor entry, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var values = TensorMemory.Floats(tensor.detach().cpu().to(ScalarType.Float32).contiguous());
        bool isVariance = entry.Key.EndsWith(".running_var", StringComparison.Ordinal);
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i])) return $"holds {values[i]} at {i}; only finite float32 numbers are taken";
            if (isVariance && values[i] < 0) return $"holds {values[i]} at {i}; a variance is 0 or more";
        }

        return null;
    }

    // Only keys that are over on the other side: a hint that names a key in use would mislead.
    private static string Hint(string key, IEnumerable<string> others)
    {
        string[] candidates = [.. others.Take(MostCandidates + 1)];
        if (candidates.Length > MostCandidates || candidates.Append(key).Any(name => name.Length > LongestName)) return "";
        return NearestName.Of(key, candidates) is { } nearest ? $" (did you mean {Quoted.Of(nearest)}?)" : "";
    }
}
