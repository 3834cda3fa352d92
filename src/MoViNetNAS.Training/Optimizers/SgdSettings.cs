using System.Text.Json.Nodes;
using MoViNetNAS.Spaces;
using TorchSharp.Modules;

namespace MoViNetNAS.Training;

/// <summary><see cref="Sgd"/>.</summary>
/// <param name="Momentum">Memory of the steps.</param>
/// <param name="IsNesterov">Whether the parameter moves where the next step would lead.</param>
public sealed record SgdSettings(double Momentum = 0.9, bool IsNesterov = false) : OptimizerSettings
{
    internal const string Kind = "sgd";

    /// <inheritdoc/>
    public override IOptimizer For(IEnumerable<(string Name, Parameter Parameter)> parameters, double weightDecay) =>
        new Sgd(parameters, weightDecay, Momentum, IsNesterov);

    /// <inheritdoc/>
    public override JsonObject ToJson() => new() { ["kind"] = Kind, ["momentum"] = Momentum, ["nesterov"] = IsNesterov };

    internal static new SgdSettings Read(ConfigNode node)
    {
        var (o, missing) = (node.Object("kind", "momentum", "nesterov"), new SgdSettings());
        return new SgdSettings(
            o.Optional("momentum", n => n.Number(0, 0.999999), missing.Momentum),
            o.Optional("nesterov", n => n.Bool(), missing.IsNesterov));
    }
}
