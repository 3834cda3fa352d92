using System.Text.Json.Nodes;

namespace MoViNetNAS.Spaces;

/// <summary>Writes and reads the design of a network as JSON: a MoViNet's architecture in full, a comparison network by its name.</summary>
public static class DesignFile
{
    /// <summary>The JSON of <paramref name="design"/>.</summary>
    public static JsonObject Write(NetworkDesign design) => design switch
    {
        MoViNetDesign moViNet => new JsonObject
        {
            ["variant"] = VariantFile.Write(moViNet.Variant),
            ["architecture"] = ArchitectureFile.Write(moViNet.Architecture),
        },
        ComparisonDesign comparison => new JsonObject { ["comparison"] = comparison.Name, ["causal"] = comparison.IsCausal },
        _ => throw new ArgumentOutOfRangeException(nameof(design), design, "no such design is written"),
    };

    /// <summary>Reads what <see cref="Write"/> wrote; mistakes are noted in the node's document.</summary>
    public static NetworkDesign Read(ConfigNode node)
    {
        if (node.Field("comparison") is not null)
        {
            var comparison = node.Object("comparison", "causal");
            return new ComparisonDesign(
                comparison.Required("comparison", n => n.OneOf(ComparisonArchitectures.ByName), ComparisonArchitectures.ByName.Values.First()),
                comparison.Required("causal", n => n.Bool(), false));
        }

        var o = node.Object("variant", "architecture");
        return new MoViNetDesign(
            o.Required("architecture", ArchitectureFile.Read, ReleasedArchitectures.ByName["a0"]),
            o.Required("variant", VariantFile.Read, NetworkVariant.Base));
    }
}
