using System.Text.Json.Nodes;

namespace MoViNetNAS.Spaces;

/// <summary>Writes and reads a variant as JSON: a name ("stream"), or a name and what differs from it ({ "of": "stream", "squeezeExcite": "none" }).</summary>
public static class VariantFile
{
    private const string Of = "of", Causal = "causal", PositionalEncoding = "positionalEncoding", GlobalSqueezeExcite = "globalSqueezeExcite";
    private static readonly string[] Keys =
        [Of, Causal, "convolution", "squeezeExcite", "activation", "gate", PositionalEncoding, "headPooling", "classifierActivation", GlobalSqueezeExcite];

    /// <summary>What may be switched.</summary>
    public static IReadOnlyList<string> Switches { get; } = Keys[1..];

    /// <summary>The JSON of <paramref name="variant"/>.</summary>
    public static JsonNode Write(NetworkVariant variant)
    {
        var of = NamedOf(variant);
        var (all, standard) = (Values(variant), Values(of));
        var different = all.Where(entry => !standard.Contains(entry)).ToList();
        if (different.Count == 0) return JsonValue.Create(of.Name);
        var json = new JsonObject { [Of] = of.Name };
        foreach (var (key, value) in different) json[key] = value is "true" or "false" ? JsonValue.Create(value == "true") : JsonValue.Create(value);
        return json;
    }

    /// <summary>Reads what <see cref="Write"/> wrote; mistakes are noted in the node's document.</summary>
    public static NetworkVariant Read(ConfigNode node)
    {
        if (!node.IsObject) return node.OneOf(NetworkVariant.ByName);
        var o = node.Object(Keys);
        var of = o.Required(Of, n => n.OneOf(NetworkVariant.ByName), NetworkVariant.Base);
        var variant = of with
        {
            IsCausal = o.Optional(Causal, n => n.Bool(), of.IsCausal),
            Convolution = o.Optional("convolution", n => n.OneOf(VariantSwitches.Convolutions), of.Convolution),
            SqueezeExcite = o.Optional("squeezeExcite", n => n.OneOf(VariantSwitches.SqueezeExcites), of.SqueezeExcite),
            Activation = o.Optional("activation", n => n.OneOf(VariantSwitches.Activations), of.Activation),
            Gate = o.Optional("gate", n => n.OneOf(VariantSwitches.Gates), of.Gate),
            HasPositionalEncoding = o.Optional(PositionalEncoding, n => n.Bool(), of.HasPositionalEncoding),
            HeadPooling = o.Optional("headPooling", n => n.OneOf(VariantSwitches.HeadPoolings), of.HeadPooling),
            ClassifierActivation = o.Optional("classifierActivation", n => n.OneOf(VariantSwitches.Activations), of.ClassifierActivation),
            HasGlobalSqueezeExcite = o.Optional(GlobalSqueezeExcite, n => n.Bool(), of.HasGlobalSqueezeExcite),
        };
        if (variant is { HasPositionalEncoding: true, IsCausal: false })
            node.Fail("has positionalEncoding true, which encodes the index of a frame in a stream and needs causal true");
        if (variant is { HasPositionalEncoding: true, HasGlobalSqueezeExcite: true })
            node.Fail("has positionalEncoding true, which enters a squeeze-excite of single frames, and globalSqueezeExcite true, whose has none");
        if (variant is { HasGlobalSqueezeExcite: true, IsCausal: false })
            node.Fail("has globalSqueezeExcite true, which only a causal network needs to say: one that is not has no other");
        return Named(variant, of);
    }

    /// <summary><paramref name="variant"/> under a name that tells how it differs from <paramref name="of"/>: "stream, squeezeExcite none".</summary>
    /// <remarks>The positional encoding is left out of it: the released stream models have it or not, and are called "stream" alike.</remarks>
    private static NetworkVariant Named(NetworkVariant variant, NetworkVariant of)
    {
        var standard = Values(of);
        var different = Values(variant).Where(entry => entry.Key != PositionalEncoding && !standard.Contains(entry));
        return variant with { Name = string.Join(", ", different.Select(entry => $"{entry.Key} {entry.Value}").Prepend(of.Name)) };
    }

    private static NetworkVariant NamedOf(NetworkVariant variant) => NetworkVariant.ByName[variant.Name.Split(',')[0]];

    private static List<KeyValuePair<string, string>> Values(NetworkVariant variant) =>
    [
        new(Causal, variant.IsCausal ? "true" : "false"),
        new("convolution", VariantSwitches.NameOf(VariantSwitches.Convolutions, variant.Convolution)),
        new("squeezeExcite", VariantSwitches.NameOf(VariantSwitches.SqueezeExcites, variant.SqueezeExcite)),
        new("activation", VariantSwitches.NameOf(VariantSwitches.Activations, variant.Activation)),
        new("gate", VariantSwitches.NameOf(VariantSwitches.Gates, variant.Gate)),
        new(PositionalEncoding, variant.HasPositionalEncoding ? "true" : "false"),
        new("headPooling", VariantSwitches.NameOf(VariantSwitches.HeadPoolings, variant.HeadPooling)),
        new("classifierActivation", VariantSwitches.NameOf(VariantSwitches.Activations, variant.ClassifierActivation)),
        new(GlobalSqueezeExcite, variant.HasGlobalSqueezeExcite ? "true" : "false"),
    ];
}
