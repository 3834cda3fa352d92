using System.Collections.Immutable;

namespace MoViNetNAS.Spaces;

/// <summary>Reads space files (<c>searchspaces/*.json</c>), format 1.</summary>
public static class SpaceFile
{
    /// <summary>The version this code reads.</summary>
    public const int Format = 1;

    private static readonly InputShape StandInInput = new(1, 1);
    private static readonly LayerChoices StandInChoices = new([new(1, 3)], [1], [true]);
    private static readonly Dictionary<string, KernelShape> Kernels = KernelShape.All.ToDictionary(kernel => kernel.ToString());

    /// <summary>Reads the space at <paramref name="path"/>.</summary>
    /// <exception cref="InputException">The file is missing or has mistakes; each is named with file, line and path.</exception>
    public static SearchSpace Load(string path) => new(ConfigDocument.Load(path, Read));

    /// <summary>Reads a space from <paramref name="text"/>; mistakes call it <paramref name="file"/>.</summary>
    /// <exception cref="InputException">As <see cref="Load"/>.</exception>
    public static SearchSpace Parse(string file, string text) => new(ConfigDocument.Bind(file, text, Read));

    private static SpaceDefinition Read(ConfigNode node)
    {
        var file = node.Object("format", "name", "input", "widthMultipliers", "stem", "layer", "blocks", "head");
        file.Required("format", n => n.Int(Format, Format), Format);
        var layer = file.Optional("layer", n => ReadChoices(n, null), null);
        var (headWidth, denseWidth) = file.Required("head", ReadHead, (8, 8));
        var (input, inputChoices) = file.Required("input", ReadInput, (StandInInput, null));
        return new SpaceDefinition(
            file.Required("name", n => n.Text(), ""),
            input,
            file.Optional("widthMultipliers", n => ReadList(n, e => e.Number(0.05, 20)), [1.0]),
            file.Required("stem", n => n.Object("width").Required("width", ReadWidth, 8), 8),
            file.Required("blocks", n => [.. n.Array(minimum: 1).Select(e => ReadBlock(e, layer))], ImmutableArray<BlockDefinition>.Empty),
            headWidth,
            denseWidth)
        {
            InputChoices = inputChoices,
        };
    }

    private static (int Width, int DenseWidth) ReadHead(ConfigNode node)
    {
        var head = node.Object("width", "denseWidth");
        return (head.Required("width", ReadWidth, 8), head.Required("denseWidth", ReadWidth, 8));
    }

    // Each is a number, or a list of numbers to choose from.
    private static (InputShape, InputChoices?) ReadInput(ConfigNode node)
    {
        var input = node.Object("frames", "resolution", "frameStride");
        var choices = new InputChoices(
            input.Required("frames", n => ReadNumbers(n, 1, 10_000), [1]),
            input.Required("resolution", n => ReadNumbers(n, 8, 4096), [8]),
            input.Optional("frameStride", n => ReadNumbers(n, 1, 1000), [1]));
        foreach (int stride in choices.FrameStrides.Where(stride => stride % choices.FrameStrides.Min() != 0))
            node.Field("frameStride")!.Fail($"must be multiples of the smallest, {choices.FrameStrides.Min()}, so that one clip holds every choice; {stride} is none");
        if (choices.Delivered.Frames > 10_000) node.Field("frames")!.Fail($"and frameStride together span {choices.Delivered.Frames} frames; 10000 is the most");
        bool isChosen = choices.Frames.Length > 1 || choices.Resolutions.Length > 1 || choices.FrameStrides.Length > 1;
        return (choices.Delivered, isChosen ? choices : null);
    }

    private static ImmutableArray<int> ReadNumbers(ConfigNode node, int minimum, int maximum) =>
        node.IsList ? ReadList(node, n => n.Int(minimum, maximum)) is { IsEmpty: false } values ? values : [minimum] : [node.Int(minimum, maximum)];

    private static BlockDefinition ReadBlock(ConfigNode node, LayerChoices? shared)
    {
        var block = node.Object("width", "stride", "depth", "kernels", "expansions", "squeezeExcite");
        var (minimum, maximum) = block.Required("depth", ReadDepth, (1, 1));
        return new BlockDefinition(
            block.Required("width", ReadWidth, 8),
            block.Required("stride", n => n.Int(1, 2), 1),
            minimum,
            maximum,
            ReadChoices(block, node, shared));
    }

    private static (int Minimum, int Maximum) ReadDepth(ConfigNode node)
    {
        var bounds = node.Array();
        if (bounds.Count != 2)
        {
            node.Fail($"must be a list of two numbers, fewest and most layers, not {bounds.Count} elements");
            return (1, 1);
        }

        int minimum = bounds[0].Int(1, 100);
        return (minimum, bounds[1].Int(minimum, 100));
    }

    private static LayerChoices? ReadChoices(ConfigNode node, LayerChoices? shared) =>
        ReadChoices(node.Object("kernels", "expansions", "squeezeExcite"), node, shared);

    private static LayerChoices ReadChoices(ConfigObject choices, ConfigNode node, LayerChoices? shared)
    {
        if (shared is null)
        {
            foreach (string key in new[] { "kernels", "expansions", "squeezeExcite" }.Where(key => !choices.Has(key)))
                node.Fail($"needs the key '{key}', or the file a 'layer' that has it");
        }

        return new LayerChoices(
            choices.Optional("kernels", n => ReadList(n, e => e.OneOf(Kernels)), shared?.Kernels ?? StandInChoices.Kernels),
            choices.Optional("expansions", n => ReadList(n, e => e.Number(0.25, 20)), shared?.Expansions ?? StandInChoices.Expansions),
            choices.Optional("squeezeExcite", n => ReadList(n, e => e.Bool()), shared?.SqueezeExcite ?? StandInChoices.SqueezeExcite));
    }

    private static int ReadWidth(ConfigNode node) => node.Int(1, 100_000);

    private static ImmutableArray<T> ReadList<T>(ConfigNode node, Func<ConfigNode, T> read)
    {
        var elements = node.Array(minimum: 1);
        int mistakes = node.MistakeCount;
        ImmutableArray<T> values = [.. elements.Select(read)];
        if (node.MistakeCount == mistakes && values.Distinct().Count() < values.Length) node.Fail("names an option twice");
        return values;
    }
}
