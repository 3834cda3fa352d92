using System.CommandLine;
using System.Text.Json.Nodes;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli;

/// <summary>The options that say which network is meant: a released model, or a genotype of a space; its variant, input and classes.</summary>
internal static class NetworkOptions
{
    private const int DefaultClasses = 600; // Kinetics 600, which the published counts are for

    /// <summary>Name of a network.</summary>
    public static Option<string?> Model { get; } = new("--model")
    {
        Description = $"A network by name: {string.Join(", ", NamedNetworks.All)}.",
        HelpName = "name",
    };

    /// <summary>Path of a space file.</summary>
    public static Option<string?> Space { get; } = new("--space") { Description = "A space file, for example searchspaces/a2.json.", HelpName = "file" };

    /// <summary>Text form of a genotype.</summary>
    public static Option<string?> Genotype { get; } = new("--genotype")
    {
        Description = "A genotype of the space, as `movinet space sample` prints it.",
        HelpName = "0:2:1:...",
    };

    /// <summary>How the network is built.</summary>
    public static Option<string> Variant { get; } = CommonOptions.OneOf(
        "--variant", "base (whole clips), stream (causal, 2+1-D kernels), causal (causal, 3-D kernels).", "base", [.. NetworkVariant.ByName.Keys]);

    /// <summary>What differs from the variant.</summary>
    public static Option<string[]> Switch { get; } = new("--switch")
    {
        Description = $"Change the variant, for example --switch squeezeExcite=none; may be repeated. Switches: {string.Join(", ", VariantFile.Switches)}.",
        HelpName = "name=value",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Frames of a clip.</summary>
    public static Option<int?> Frames { get; } = CommonOptions.WholeNumber("--frames", "Frames of a clip (default: the network's own).", 1, 10_000);

    /// <summary>Rows and columns of a frame.</summary>
    public static Option<int?> Resolution { get; } =
        CommonOptions.WholeNumber("--resolution", "Rows and columns of a frame (default: the network's own).", 8, 4096);

    /// <summary>Outputs of the classifier.</summary>
    public static Option<int?> Classes { get; } = CommonOptions.WholeNumber("--classes", $"Outputs of the classifier (default {DefaultClasses}).", 1, 1_000_000);

    /// <summary>Every option of this class, for a verb that takes one network.</summary>
    public static IEnumerable<Option> All => [Model, Space, Genotype, Variant, Switch, Frames, Resolution, Classes];

    /// <summary>The network that <paramref name="parse"/> names.</summary>
    /// <exception cref="InputException">Neither a model nor a genotype, both, one that does not exist, or several.</exception>
    public static ChosenNetwork Read(ParseResult parse)
    {
        var (model, file, text) = (parse.GetValue(Model), parse.GetValue(Space), parse.GetValue(Genotype));
        if (model is not null && (file is not null || text is not null))
            throw new InputException("--model names a network of its own: give either --model, or --space with --genotype.");
        if (model is not null) return Make(parse, NamedNetworks.Get(model, ReadVariant(parse)), model.ToLowerInvariant(), space: null, genotype: null);
        if (file is null) throw new InputException("which network? Give --model NAME, or --space FILE with --genotype G.");
        if (text is null) throw new InputException($"--space needs a --genotype; `movinet space sample --space {file}` prints some.");
        var space = SpaceFile.Load(file);
        return Of(parse, space, space.Parse(text));
    }

    /// <summary>The networks that <paramref name="parse"/> names: one, or those whose logits are averaged.</summary>
    /// <exception cref="InputException">As <see cref="Read"/>.</exception>
    public static IReadOnlyList<ChosenNetwork> ReadMembers(ParseResult parse)
    {
        if (parse.GetValue(Model) is not { } model || NamedNetworks.Members(model, ReadVariant(parse)) is not { Count: > 1 } members) return [Read(parse)];
        if (parse.GetValue(Space) is not null || parse.GetValue(Genotype) is not null)
            throw new InputException("--model names a network of its own: give either --model, or --space with --genotype.");
        return [.. members.Select(member => Make(parse, member, member.Name, space: null, genotype: null))];
    }

    /// <summary>The network of <paramref name="genotype"/>, with the variant, input and classes that <paramref name="parse"/> names.</summary>
    public static ChosenNetwork Of(ParseResult parse, SearchSpace space, MoViNetNAS.Spaces.Genotype genotype) =>
        Make(parse, new MoViNetDesign(space.Resolve(genotype), ReadVariant(parse)), model: null, space.Name, $"{genotype}");

    /// <summary>The variant that <paramref name="parse"/> names, with its switches.</summary>
    /// <exception cref="InputException">A switch that does not exist, or a value it does not have.</exception>
    public static NetworkVariant ReadVariant(ParseResult parse)
    {
        var named = NetworkVariant.ByName[parse.GetValue(Variant)!];
        string[] switches = parse.GetValue(Switch) ?? [];
        if (switches.Length == 0) return named;
        var json = new JsonObject { ["of"] = named.Name };
        if (named == NetworkVariant.Stream && parse.GetValue(Model) is { } model)
            json["positionalEncoding"] = ReleasedArchitectures.StreamVariant(model.ToLowerInvariant()).HasPositionalEncoding;
        foreach (string text in switches)
        {
            string[] parts = text.Split('=', 2);
            if (parts.Length < 2) throw new InputException($"--switch must be name=value, not '{text}'; the names are {string.Join(", ", VariantFile.Switches)}.");
            json[parts[0]] = bool.TryParse(parts[1], out bool isOn) ? JsonValue.Create(isOn) : JsonValue.Create(parts[1]);
        }

        return ConfigDocument.Bind("--switch", json.ToJsonString(), VariantFile.Read);
    }

    /// <summary>The classes that <paramref name="parse"/> names.</summary>
    public static int ReadClasses(ParseResult parse) => parse.GetValue(Classes) ?? DefaultClasses;

    private static ChosenNetwork Make(ParseResult parse, NetworkDesign design, string? model, string? space, string? genotype)
    {
        var own = design.Input;
        var input = own with { Frames = parse.GetValue(Frames) ?? own.Frames, Resolution = parse.GetValue(Resolution) ?? own.Resolution };
        if (input.Resolution < design.MinimumResolution)
        {
            throw new InputException(
                $"--resolution {input.Resolution}: frames are too small for the strides of {model ?? "this network"}, which needs at least {design.MinimumResolution}x{design.MinimumResolution}.");
        }

        return new ChosenNetwork(model, space, genotype, design, input, ReadClasses(parse));
    }
}
