using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace MoViNetNAS.Spaces;

/// <summary>Writes and reads an architecture with absolute widths as JSON, format 1.</summary>
public static class ArchitectureFile
{
    private const int Format = 1;
    private static readonly Dictionary<string, KernelShape> Kernels = KernelShape.All.ToDictionary(kernel => kernel.ToString());

    /// <summary>The JSON of <paramref name="architecture"/>.</summary>
    public static JsonObject Write(Architecture architecture) => new()
    {
        ["format"] = Format,
        ["name"] = architecture.Name,
        ["input"] = WriteInput(architecture.Input),
        ["stemWidth"] = architecture.StemWidth,
        ["blocks"] = new JsonArray([.. architecture.Blocks.Select(block => new JsonObject
        {
            ["width"] = block.Width,
            ["stride"] = block.Stride,
            ["layers"] = new JsonArray([.. block.Layers.Select(layer => new JsonObject
            {
                ["kernel"] = layer.Kernel.ToString(),
                ["expansion"] = layer.Expansion,
                ["squeezeExcite"] = layer.HasSqueezeExcite,
            })]),
        })]),
        ["headWidth"] = architecture.HeadWidth,
        ["denseWidth"] = architecture.DenseWidth,
    };

    /// <summary>Reads what <see cref="Write"/> wrote; mistakes are noted in the node's document.</summary>
    public static Architecture Read(ConfigNode node)
    {
        var o = node.Object("format", "name", "input", "stemWidth", "blocks", "headWidth", "denseWidth");
        o.Required("format", n => n.Int(Format, Format), Format);
        return new Architecture(
            o.Required("name", n => n.Text(), ""),
            o.Required("input", ReadInput, new InputShape(1, 8)),
            o.Required("stemWidth", Width, 8),
            o.Required("blocks", n => n.Array(minimum: 1).Select(ReadBlock).ToImmutableArray(), []),
            o.Required("headWidth", Width, 8),
            o.Required("denseWidth", Width, 8));
    }

    /// <summary>The JSON of <paramref name="input"/>.</summary>
    public static JsonObject WriteInput(InputShape input) =>
        new() { ["frames"] = input.Frames, ["resolution"] = input.Resolution, ["frameStride"] = input.FrameStride };

    /// <summary>Reads what <see cref="WriteInput"/> wrote; mistakes are noted in the node's document.</summary>
    public static InputShape ReadInput(ConfigNode node)
    {
        var o = node.Object("frames", "resolution", "frameStride");
        return new InputShape(
            o.Required("frames", n => n.Int(1, 10_000), 1), o.Required("resolution", n => n.Int(1, 4096), 8),
            o.Optional("frameStride", n => n.Int(1, 1000), 1));
    }

    private static BlockSpec ReadBlock(ConfigNode node)
    {
        var o = node.Object("width", "stride", "layers");
        return new BlockSpec(
            o.Required("width", Width, 8), o.Required("stride", n => n.Int(1, 2), 1),
            o.Required("layers", n => n.Array(minimum: 1).Select(ReadLayer).ToImmutableArray(), []));
    }

    private static LayerSpec ReadLayer(ConfigNode node)
    {
        var o = node.Object("kernel", "expansion", "squeezeExcite");
        return new LayerSpec(
            o.Required("expansion", Width, 8), o.Required("kernel", n => n.OneOf(Kernels), KernelShape.All[0]),
            o.Required("squeezeExcite", n => n.Bool(), true));
    }

    private static int Width(ConfigNode node) => node.Int(1, 1_000_000);
}
