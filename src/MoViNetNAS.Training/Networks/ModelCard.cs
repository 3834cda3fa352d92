using System.Text.Json;
using System.Text.Json.Nodes;
using MoViNetNAS.Data;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Training;

/// <summary>What a trained network is and where it came from, format 3.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Design">What it is built from.</param>
/// <param name="Classes">Class names in the order of the logits.</param>
/// <param name="Input">The clips it was trained on.</param>
/// <param name="Run">Search run its architecture came from; null for a released model.</param>
/// <param name="Genotype">Genotype in that run's space; null for a released model.</param>
/// <param name="Dataset">Name of the data set; empty for imported weights.</param>
/// <param name="SplitHash">Hash of the data splits; empty for imported weights.</param>
/// <param name="Experiment">The resolved experiment, JSON; empty for imported weights.</param>
/// <param name="Top1">Held-out top-1 in [0, 1].</param>
/// <param name="TestedClips">Clips it was measured on; 0 when it was not.</param>
public sealed record ModelCard(
    string Name, NetworkDesign Design, IReadOnlyList<string> Classes, InputShape Input, string? Run,
    string? Genotype, string Dataset, string SplitHash, string Experiment, double Top1, int TestedClips)
{
    private const int OldFormat = 1, HeadsFormat = 3, Format = 3;
    private static readonly string[] OldKeys = ["variant", "positionalEncoding", "architecture"];
    private static readonly MoViNetDesign StandIn = new(ReleasedArchitectures.ByName["a0"], NetworkVariant.Base);
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>What the logits answer: one head of all classes, unless clips have several labels.</summary>
    public IReadOnlyList<LabelHead> Heads { get; init; } = [LabelHead.Single(Classes.Count)];

    /// <summary>The card as JSON.</summary>
    public string ToJson() => new JsonObject
    {
        ["format"] = Format,
        ["name"] = Name,
        ["classes"] = new JsonArray([.. Classes.Select(name => JsonValue.Create(name))]),
        ["heads"] = new JsonArray([.. Heads.Select(head => new JsonObject { ["name"] = head.Name, ["classes"] = head.Count, ["multiLabel"] = head.IsMultiLabel })]),
        ["input"] = ArchitectureFile.WriteInput(Input),
        ["run"] = Run ?? "",
        ["genotype"] = Genotype ?? "",
        ["dataset"] = Dataset,
        ["splitHash"] = SplitHash,
        ["top1"] = Top1,
        ["testedClips"] = TestedClips,
        ["network"] = DesignFile.Write(Design),
        ["experiment"] = Experiment,
    }.ToJsonString(Indented);

    /// <summary>Reads a card; mistakes are noted in the node's document.</summary>
    public static ModelCard Read(ConfigNode node)
    {
        int format = node.Field("format")?.Int(OldFormat, Format) ?? Format;
        bool isOld = format == OldFormat, hasHeads = format >= HeadsFormat;
        var o = node.Object(
        [
            "format", "name", "classes", "input", "run", "genotype", "dataset", "splitHash", "top1", "testedClips", "experiment",
            .. isOld ? OldKeys : ["network"], .. hasHeads ? ["heads"] : (string[])[],
        ]);
        o.Required("format", n => n.Int(OldFormat, Format), Format);
        var card = new ModelCard(
            o.Required("name", n => n.Text(), ""),
            isOld ? ReadOld(o) : o.Required("network", DesignFile.Read, StandIn),
            o.Required("classes", n => n.Array(minimum: 1).Select(e => e.Text()).ToArray(), []),
            o.Required("input", ArchitectureFile.ReadInput, new InputShape(1, 8)),
            o.Required("run", n => n.TextOrEmpty(), null),
            o.Required("genotype", n => n.TextOrEmpty(), null),
            o.Required("dataset", n => n.TextOrEmpty() ?? "", ""),
            o.Required("splitHash", n => n.TextOrEmpty() ?? "", ""),
            o.Required("experiment", n => n.TextOrEmpty() ?? "", ""),
            o.Required("top1", n => n.Number(0, 1), 0),
            o.Required("testedClips", n => n.Int(0, int.MaxValue), 0));
        return hasHeads ? card with { Heads = o.Required("heads", n => ReadHeads(n, card.Classes.Count), card.Heads) } : card;
    }

    // Heads lie one after the other, so their sizes say where each begins.
    private static List<LabelHead> ReadHeads(ConfigNode node, int classes)
    {
        List<LabelHead> heads = [];
        int first = 0;
        foreach (ConfigNode element in node.Array(minimum: 1))
        {
            var o = element.Object(["name", "classes", "multiLabel"]);
            heads.Add(new LabelHead(
                o.Required("name", n => n.Text(), ""), first, o.Required("classes", n => n.Int(1, int.MaxValue), 1), o.Required("multiLabel", n => n.Bool(), false)));
            first = heads[^1].First + heads[^1].Count;
        }

        if (first != classes) node.Fail($"must have the {classes} classes between them, not {first}");
        return heads;
    }

    // Before switches and comparison networks, a card had a variant's name and an architecture.
    private static MoViNetDesign ReadOld(ConfigObject o)
    {
        var variant = o.Required("variant", n => n.OneOf(NetworkVariant.ByName), NetworkVariant.Base);
        return new MoViNetDesign(
            o.Required("architecture", ArchitectureFile.Read, StandIn.Architecture),
            variant with { HasPositionalEncoding = o.Required("positionalEncoding", n => n.Bool(), false) });
    }
}
