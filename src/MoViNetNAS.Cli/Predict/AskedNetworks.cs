using System.CommandLine;
using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;
using TorchSharp;

namespace MoViNetNAS.Cli.Predict;

/// <summary>The networks that are asked, whose logits are averaged: a checkpoint, a network by name with weights of a file, or two under one name.</summary>
internal sealed class AskedNetworks : IDisposable
{
    private AskedNetworks(string name, string weights, IReadOnlyList<string>? labels, IReadOnlyList<VideoNetwork> networks, ModelCard? card)
    {
        (Name, Weights, Labels, Networks, Card) = (name, weights, labels, networks, card);
    }

    /// <summary>What they are called.</summary>
    public string Name { get; }

    /// <summary>Where their weights come from.</summary>
    public string Weights { get; }

    /// <summary>Whether nobody trained them.</summary>
    public bool HasFreshWeights { get; private init; }

    /// <summary>Class names in the order of the logits; null when they are not known.</summary>
    public IReadOnlyList<string>? Labels { get; }

    /// <summary>One, or several whose logits are averaged.</summary>
    public IReadOnlyList<VideoNetwork> Networks { get; }

    /// <summary>The checkpoint's card; null for a network by name.</summary>
    public ModelCard? Card { get; }

    /// <exception cref="InputException">The checkpoint or the weights are missing, damaged, or of another network.</exception>
    public static AskedNetworks OfCheckpoint(string path, torch.Device device)
    {
        var (network, card) = ModelCheckpoint.Load(path, device);
        return new AskedNetworks(card.Name, path, card.Classes, [network], card);
    }

    /// <exception cref="InputException">There is no such network, or the weights are missing, damaged, too many or too few.</exception>
    public static AskedNetworks ByName(ParseResult parse, string[] weights, ulong seed, torch.Device device)
    {
        var members = NetworkOptions.ReadMembers(parse);
        string name = parse.GetValue(NetworkOptions.Model) ?? $"a genotype of {members[0].Space}";
        if (weights.Length > 0 && weights.Length != members.Count)
            throw new InputException($"--weights: '{name}' takes {members.Count} file{(members.Count == 1 ? "" : "s")} ({string.Join(", ", members.Select(member => member.Design.Name))}), not {weights.Length}.");
        var networks = new List<VideoNetwork>();
        try
        {
            for (int i = 0; i < members.Count; i++)
            {
                var first = new FirstWeights(new RandomStream(seed).Derive("init", i));
                networks.Add(VideoNetwork.Of(members[i].Design, members[i].Classes, first));
                if (weights.Length > 0) NetworkWeights.Load(networks[i], weights[i]);
                networks[i].to(device);
            }
        }
        catch
        {
            foreach (var network in networks) network.Dispose();
            throw;
        }

        string from = weights.Length > 0 ? string.Join(", ", weights) : $"fresh, seed {seed}";
        return new AskedNetworks(name.ToLowerInvariant(), from, null, networks, null) { HasFreshWeights = weights.Length == 0 };
    }

    public void Dispose()
    {
        foreach (var network in Networks) network.Dispose();
    }
}
