using System.Text.Json.Nodes;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Training;

/// <summary>When a training ends before its last epoch, with the weights of its best one.</summary>
/// <param name="Patience">Epochs without a better score after which it ends.</param>
public sealed record EarlyStopSettings(int Patience)
{
    // The one metric that every data set has; a name in the file, so that another does not change what old files mean.
    private static readonly Dictionary<string, string> Metrics = new() { ["top1"] = "top1" };

    internal static EarlyStopSettings? Read(ConfigNode node)
    {
        var o = node.Object("patience", "metric");
        o.Optional("metric", n => n.OneOf(Metrics), "top1");
        return new EarlyStopSettings(o.Required("patience", n => n.Int(1, 1_000_000), 1));
    }

    internal JsonObject ToJson() => new() { ["patience"] = Patience, ["metric"] = "top1" };
}
