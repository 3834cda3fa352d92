using System.Text;
using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests;

/// <summary>Weights and clips made by a rule from their names, so that golden logits need no stored weights.</summary>
internal static class RuleFill
{
    public static float[] Values(string name, long count, Func<double, double> map)
    {
        uint seed = Crc32(Encoding.ASCII.GetBytes(name));
        var values = new float[count];
        for (long i = 0; i < count; i++)
        {
            uint x = (uint)((ulong)i * 2654435761UL + seed);
            x ^= x >> 16;
            x *= 0x45d9f3b;
            x ^= x >> 16;
            values[i] = (float)map(x / 4294967296.0 - 0.5);
        }

        return values;
    }

    /// <summary>[1, 3, T, S, S] in [0, 1], filled in the order T, H, W, colour.</summary>
    public static Tensor Clip(int frames, int resolution) =>
        tensor(Values("clip", (long)frames * resolution * resolution * 3, u => u + 0.5), [1, frames, resolution, resolution, 3])
            .permute(0, 4, 1, 2, 3);

    /// <summary>Fills every parameter and running average of a network.</summary>
    public static void Fill(MoViNet network)
    {
        var tensors = Tensors(network.Architecture, network.Variant, network.Classes, PortNames.UsualLayout(network.Variant)).ToDictionary();
        PortWeights.Import(network, tensors, "rule");
        foreach (var tensor in tensors.Values) tensor.Dispose();
    }

    /// <summary>A state dict of the port, filled; the caller disposes the tensors.</summary>
    public static List<KeyValuePair<string, Tensor>> Tensors(Architecture architecture, NetworkVariant variant, int classes, PortLayout layout)
    {
        // The rule knows the port's own keys: with other axes the same numbers have other names.
        var usual = PortNames.Of(architecture, variant, classes, PortNames.UsualLayout(variant));
        return [.. PortNames.Of(architecture, variant, classes, layout).Zip(usual, (entry, named) => new KeyValuePair<string, Tensor>(
            entry.Key, entry.IsCounter ? tensor(0L).DetachFromDisposeScope() : Filled(named.Key, [.. entry.Shape])))];
    }

    private static Tensor Filled(string name, long[] shape)
    {
        long count = shape.Aggregate(1L, (product, size) => product * size);
        long fanIn = count / Math.Max(1, shape.Length > 0 ? shape[0] : 1);
        Func<double, double> map = name switch
        {
            _ when name.EndsWith("norm.weight", StringComparison.Ordinal) => u => 1 + 0.2 * u,
            _ when name.EndsWith("running_var", StringComparison.Ordinal) => u => 1 + 0.5 * u,
            _ when name.EndsWith("running_mean", StringComparison.Ordinal) || name.EndsWith("bias", StringComparison.Ordinal) => u => 0.2 * u,
            _ when name.EndsWith("alpha", StringComparison.Ordinal) => u => 0.5 + u,
            _ => u => u * Math.Sqrt(24.0 / fanIn),
        };
        return tensor(Values(name, count, map), shape).DetachFromDisposeScope();
    }

    private static uint Crc32(byte[] bytes)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int i = 0; i < 8; i++) crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
        }

        return ~crc;
    }
}
