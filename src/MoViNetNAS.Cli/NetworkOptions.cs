using System.CommandLine;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli;

/// <summary>The options that say which network is meant: a released model, or a genotype of a space; its variant, input and classes.</summary>
internal static class NetworkOptions
{
    private const int DefaultClasses = 600; // Kinetics 600, which the published counts are for

    /// <summary>Name of a released model.</summary>
    public static Option<string?> Model { get; } = new("--model")
    {
        Description = $"A released model: {string.Join(", ", ReleasedArchitectures.ByName.Keys)}.",
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

    /// <summary>Frames of a clip.</summary>
    public static Option<int?> Frames { get; } = CommonOptions.WholeNumber("--frames", "Frames of a clip (default: the network's own).", 1, 10_000);

    /// <summary>Rows and columns of a frame.</summary>
    public static Option<int?> Resolution { get; } =
        CommonOptions.WholeNumber("--resolution", "Rows and columns of a frame (default: the network's own).", 8, 4096);

    /// <summary>Outputs of the classifier.</summary>
    public static Option<int?> Classes { get; } = CommonOptions.WholeNumber("--classes", $"Outputs of the classifier (default {DefaultClasses}).", 1, 1_000_000);

    /// <summary>Every option of this class, for a verb that takes one network.</summary>
    public static IEnumerable<Option> All => [Model, Space, Genotype, Variant, Frames, Resolution, Classes];

    /// <summary>The network that <paramref name="parse"/> names.</summary>
    /// <exception cref="InputException">Neither a model nor a genotype, both, or one that does not exist.</exception>
    public static ChosenNetwork Read(ParseResult parse)
    {
        var (model, file, text) = (parse.GetValue(Model), parse.GetValue(Space), parse.GetValue(Genotype));
        if (model is not null && (file is not null || text is not null))
            throw new InputException("--model names a network of its own: give either --model, or --space with --genotype.");
        if (model is not null)
        {
            var released = ReleasedArchitectures.Get(model);
            return Make(parse, released, released.Name, space: null, genotype: null);
        }

        if (file is null) throw new InputException("which network? Give --model NAME, or --space FILE with --genotype G.");
        if (text is null) throw new InputException($"--space needs a --genotype; `movinet space sample --space {file}` prints some.");
        var space = SpaceFile.Load(file);
        return Of(parse, space, space.Parse(text));
    }

    /// <summary>The network of <paramref name="genotype"/>, with the variant, input and classes that <paramref name="parse"/> names.</summary>
    public static ChosenNetwork Of(ParseResult parse, SearchSpace space, MoViNetNAS.Spaces.Genotype genotype) =>
        Make(parse, space.Resolve(genotype), model: null, space.Name, $"{genotype}");

    /// <summary>The variant that <paramref name="parse"/> names, for the released model <paramref name="model"/> or any other network when null.</summary>
    public static NetworkVariant ReadVariant(ParseResult parse, string? model)
    {
        string name = parse.GetValue(Variant)!;
        return model is not null && name == NetworkVariant.Stream.Name ? ReleasedArchitectures.StreamVariant(model) : NetworkVariant.ByName[name];
    }

    /// <summary>The classes that <paramref name="parse"/> names.</summary>
    public static int ReadClasses(ParseResult parse) => parse.GetValue(Classes) ?? DefaultClasses;

    private static ChosenNetwork Make(ParseResult parse, Architecture architecture, string? model, string? space, string? genotype)
    {
        var own = architecture.Input;
        var input = own with { Frames = parse.GetValue(Frames) ?? own.Frames, Resolution = parse.GetValue(Resolution) ?? own.Resolution };
        return new ChosenNetwork(model, space, genotype, architecture, ReadVariant(parse, model), input, ReadClasses(parse));
    }
}
