using System.Text;
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
        using var unrecorded = no_grad();
        var names = PortNames.Of(network);
        foreach (var (ours, target) in network.state_dict())
        {
            string name = names[ours];
            long fanIn = target.numel() / Math.Max(1, target.dim() > 0 ? target.shape[0] : 1);
            Func<double, double> map = name switch
            {
                _ when name.EndsWith("norm.weight", StringComparison.Ordinal) => u => 1 + 0.2 * u,
                _ when name.EndsWith("running_var", StringComparison.Ordinal) => u => 1 + 0.5 * u,
                _ when name.EndsWith("running_mean", StringComparison.Ordinal) || name.EndsWith("bias", StringComparison.Ordinal) => u => 0.2 * u,
                _ when name.EndsWith("alpha", StringComparison.Ordinal) => u => 0.5 + u,
                _ => u => u * Math.Sqrt(24.0 / fanIn),
            };
            target.copy_(tensor(Values(name, target.numel(), map), target.shape));
        }
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
