using System.Text.Json;
using System.Text.Json.Nodes;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Training;

/// <summary>What a trained network is and where it came from, format 1.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Architecture">Widths, kernels, strides.</param>
/// <param name="Variant">How layers are built.</param>
/// <param name="Classes">Class names in the order of the logits.</param>
/// <param name="Input">The clips it was trained on.</param>
/// <param name="Run">Search run its architecture came from; null for a released model.</param>
/// <param name="Genotype">Genotype in that run's space; null for a released model.</param>
/// <param name="Dataset">Name of the data set.</param>
/// <param name="SplitHash">Hash of the data splits.</param>
/// <param name="Experiment">The resolved experiment, JSON.</param>
/// <param name="Top1">Held-out top-1 in [0, 1].</param>
/// <param name="TestedClips">Clips it was measured on.</param>
public sealed record ModelCard(
    string Name, Architecture Architecture, NetworkVariant Variant, IReadOnlyList<string> Classes, InputShape Input, string? Run,
    string? Genotype, string Dataset, string SplitHash, string Experiment, double Top1, int TestedClips)
{
    private const int Format = 1;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The card as JSON.</summary>
    public string ToJson() => new JsonObject
    {
        ["format"] = Format,
        ["name"] = Name,
        ["variant"] = Variant.Name,
        ["positionalEncoding"] = Variant.HasPositionalEncoding,
        ["classes"] = new JsonArray([.. Classes.Select(name => JsonValue.Create(name))]),
        ["input"] = ArchitectureFile.WriteInput(Input),
        ["run"] = Run ?? "",
        ["genotype"] = Genotype ?? "",
        ["dataset"] = Dataset,
        ["splitHash"] = SplitHash,
        ["top1"] = Top1,
        ["testedClips"] = TestedClips,
        ["architecture"] = ArchitectureFile.Write(Architecture),
        ["experiment"] = Experiment,
    }.ToJsonString(Indented);

    /// <summary>Reads a card; mistakes are noted in the node's document.</summary>
    public static ModelCard Read(ConfigNode node)
    {
        var o = node.Object(
            "format", "name", "variant", "positionalEncoding", "classes", "input", "run", "genotype", "dataset", "splitHash", "top1",
            "testedClips", "architecture", "experiment");
        o.Required("format", n => n.Int(Format, Format), Format);
        var variant = o.Required("variant", n => n.OneOf(NetworkVariant.ByName), NetworkVariant.Base);
        return new ModelCard(
            o.Required("name", n => n.Text(), ""),
            o.Required("architecture", ArchitectureFile.Read, ReleasedArchitectures.ByName["a0"]),
            variant with { HasPositionalEncoding = o.Required("positionalEncoding", n => n.Bool(), false) },
            o.Required("classes", n => n.Array(minimum: 1).Select(e => e.Text()).ToArray(), []),
            o.Required("input", ArchitectureFile.ReadInput, new InputShape(1, 8)),
            o.Required("run", n => n.TextOrEmpty(), null),
            o.Required("genotype", n => n.TextOrEmpty(), null),
            o.Required("dataset", n => n.Text(), ""),
            o.Required("splitHash", n => n.Text(), ""),
            o.Required("experiment", n => n.TextOrEmpty() ?? "", ""),
            o.Required("top1", n => n.Number(0, 1), 0),
            o.Required("testedClips", n => n.Int(0, int.MaxValue), 0));
    }
}
