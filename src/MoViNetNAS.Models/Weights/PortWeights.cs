using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>Weights in the names and shapes of the PyTorch port (Atze00/MoViNet-pytorch, v3): into a network and out of it, without loss.</summary>
public static class PortWeights
{
    /// <summary>What <see cref="Import"/> would do; nothing is changed.</summary>
    /// <param name="network">The network that asks.</param>
    /// <param name="tensors">A state dict of the port, in either layout.</param>
    public static PortReport Check(MoViNet network, IReadOnlyDictionary<string, Tensor> tensors)
    {
        var layout = LayoutOf(network.Variant, tensors.Keys);
        var wanted = PortNames.Of(network.Architecture, network.Variant, network.Classes, layout);
        var known = wanted.Select(entry => entry.Key).ToHashSet();
        var keys = wanted.Select(entry => PortCheck.Of(entry, tensors, known)).OfType<PortKey>().ToList();
        foreach (string key in tensors.Keys.Where(key => !known.Contains(key))) keys.Add(PortCheck.OfStranger(key, known, tensors));
        return new PortReport(layout, [.. keys]);
    }

    /// <summary>Takes a state dict of the port into <paramref name="network"/>: all of it or, when anything is wrong, nothing.</summary>
    /// <param name="network">Its weights and running averages are overwritten, wherever they are.</param>
    /// <param name="tensors">The state dict, in either layout; they stay the caller's.</param>
    /// <param name="file">What mistakes call them.</param>
    /// <returns>What became of every key.</returns>
    /// <exception cref="InputException">Keys are missing, unknown, of another shape or type, or hold NaN or infinities; all are
    /// named in one message (the first 20 of many).</exception>
    public static PortReport Import(MoViNet network, IReadOnlyDictionary<string, Tensor> tensors, string file)
    {
        if (!network.Variant.IsSplit && !tensors.Keys.Any(IsConv3d) && tensors.Keys.Any(IsConv2d))
        {
            throw new InputException(
                $"{file}: holds a stream network (conv2d keys); the network here is of the '{network.Variant.Name}' variant, whose kernels are conv3d.");
        }

        var report = Check(network, tensors);
        report.RequireComplete(file);
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var targets = network.state_dict();
        foreach (var entry in PortNames.Of(network.Architecture, network.Variant, network.Classes, report.Layout))
            if (entry.Name is { } name) targets[name].copy_(tensors[entry.Key].reshape(targets[name].shape));
        return report;
    }

    /// <summary>The weights of <paramref name="network"/> as a state dict of the port, in its order.</summary>
    /// <param name="network">Is left as it is.</param>
    /// <param name="layout">The port's usual one for the variant when null.</param>
    /// <returns>Copies on the CPU, float32 (counters int64, 0); the caller disposes them.</returns>
    /// <exception cref="ArgumentException">The network has kernels over space and time, and four axes are asked for.</exception>
    public static IReadOnlyList<KeyValuePair<string, Tensor>> Export(MoViNet network, PortLayout? layout = null)
    {
        var entries = PortNames.Of(network.Architecture, network.Variant, network.Classes, layout ?? PortNames.UsualLayout(network.Variant));
        var sources = network.state_dict();
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        return [.. entries.Select(entry => new KeyValuePair<string, Tensor>(entry.Key, Copy(entry, sources).MoveToOuterDisposeScope()))];
    }

    private static PortLayout LayoutOf(NetworkVariant variant, IEnumerable<string> keys) =>
        keys.Any(IsConv3d) ? PortLayout.Conv3d : PortNames.UsualLayout(variant);

    private static bool IsConv3d(string key) => key.Contains(".conv3d.", StringComparison.Ordinal);

    private static bool IsConv2d(string key) => key.Contains(".conv2d.", StringComparison.Ordinal);

    private static Tensor Copy(PortTensor entry, IReadOnlyDictionary<string, Tensor> sources) => entry.Name is { } name
        ? sources[name].detach().cpu().clone().reshape([.. entry.Shape])
        : zeros([.. entry.Shape], dtype: ScalarType.Int64);
}
