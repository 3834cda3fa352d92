using System.Text.Json.Nodes;
using MoViNetNAS.Spaces;
using TorchSharp.Modules;

namespace MoViNetNAS.Training;

/// <summary><see cref="AdamW"/>: weight decay beside the gradient, of all kernels and matrices.</summary>
/// <param name="Beta1">Memory of the mean.</param>
/// <param name="Beta2">Memory of the square.</param>
/// <param name="Epsilon">Added to the root.</param>
public sealed record AdamWSettings(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8) : OptimizerSettings
{
    internal const string Kind = "adamw";

    /// <inheritdoc/>
    public override IOptimizer For(IEnumerable<(string Name, Parameter Parameter)> parameters, double weightDecay) =>
        new AdamW(parameters, weightDecay, Beta1, Beta2, Epsilon);

    /// <inheritdoc/>
    public override JsonObject ToJson() => new() { ["kind"] = Kind, ["beta1"] = Beta1, ["beta2"] = Beta2, ["epsilon"] = Epsilon };

    internal static new AdamWSettings Read(ConfigNode node)
    {
        var (o, missing) = (node.Object("kind", "beta1", "beta2", "epsilon"), new AdamWSettings());
        return new AdamWSettings(
            o.Optional("beta1", n => n.Number(0, 0.999999), missing.Beta1),
            o.Optional("beta2", n => n.Number(0, 0.999999), missing.Beta2),
            o.Optional("epsilon", n => n.Number(1e-16, 100), missing.Epsilon));
    }
}
