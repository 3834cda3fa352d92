namespace MoViNetNAS.Spaces;

/// <summary>Every network that has a name.</summary>
public static class NamedNetworks
{
    private const string Ensemble = "a6";

    /// <summary>Names of single networks, which can be trained.</summary>
    public static IReadOnlyList<string> Single { get; } = [.. ReleasedArchitectures.ByName.Keys, .. ComparisonArchitectures.ByName.Keys];

    /// <summary>All names; "a6" is the mean of the logits of A4 and A5. Source: README of the official MoViNet code.</summary>
    public static IReadOnlyList<string> All { get; } = [.. ReleasedArchitectures.ByName.Keys, Ensemble, .. ComparisonArchitectures.ByName.Keys];

    /// <summary>The network called <paramref name="name"/>.</summary>
    /// <param name="name">One of <see cref="Single"/>, in any case.</param>
    /// <param name="variant">How a MoViNet is built; of a comparison network it only says whether it is causal. The released stream
    /// models A3-A5 have a positional encoding, which "stream" includes.</param>
    /// <exception cref="InputException">There is none.</exception>
    public static NetworkDesign Get(string name, NetworkVariant variant)
    {
        string known = name.ToLowerInvariant();
        if (known == Ensemble) throw new InputException("'a6' is the mean of the logits of a4 and a5, which are networks by themselves: name one of them.");
        if (ComparisonArchitectures.ByName.TryGetValue(known, out var comparison)) return new ComparisonDesign(comparison, variant.IsCausal);
        if (!ReleasedArchitectures.ByName.TryGetValue(known, out var architecture))
            throw new InputException($"there is no model '{name}'; there are {string.Join(", ", All)}{NearestName.End(name, All)}");
        return new MoViNetDesign(architecture, variant == NetworkVariant.Stream ? ReleasedArchitectures.StreamVariant(known) : variant);
    }

    /// <summary>The networks whose logits are averaged under <paramref name="name"/>: two for "a6", one for any other.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static IReadOnlyList<NetworkDesign> Members(string name, NetworkVariant variant) =>
        name.Equals(Ensemble, StringComparison.OrdinalIgnoreCase) ? [Get("a4", variant), Get("a5", variant)] : [Get(name, variant)];
}
