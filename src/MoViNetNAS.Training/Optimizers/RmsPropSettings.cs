using System.Text.Json.Nodes;
using MoViNetNAS.Spaces;
using TorchSharp.Modules;

namespace MoViNetNAS.Training;

/// <summary><see cref="RmsProp"/>; the defaults are those of the published MoViNets.</summary>
/// <param name="Decay">Memory of the square.</param>
/// <param name="Momentum">Memory of the steps.</param>
/// <param name="Epsilon">Added under the root.</param>
/// <param name="Start">First value of the square: "zero" (Keras) or "one" (TensorFlow 1, TuNAS).</param>
public sealed record RmsPropSettings(double Decay = 0.9, double Momentum = 0.9, double Epsilon = 1, SquareStart Start = SquareStart.Zero)
    : OptimizerSettings
{
    internal const string Kind = "rmsprop";
    private static readonly Dictionary<string, SquareStart> Starts = new() { ["zero"] = SquareStart.Zero, ["one"] = SquareStart.One };

    /// <inheritdoc/>
    public override IOptimizer For(IEnumerable<(string Name, Parameter Parameter)> parameters, double weightDecay) =>
        new RmsProp(parameters, weightDecay, Decay, Momentum, Epsilon, Start);

    /// <inheritdoc/>
    public override JsonObject ToJson() => new()
    {
        ["kind"] = Kind,
        ["decay"] = Decay,
        ["momentum"] = Momentum,
        ["epsilon"] = Epsilon,
        ["squareStart"] = Starts.First(entry => entry.Value == Start).Key,
    };

    internal static new RmsPropSettings Read(ConfigNode node)
    {
        var (o, missing) = (node.Object("kind", "decay", "momentum", "epsilon", "squareStart"), new RmsPropSettings());
        return new RmsPropSettings(
            o.Optional("decay", n => n.Number(0, 0.999999), missing.Decay),
            o.Optional("momentum", n => n.Number(0, 0.999999), missing.Momentum),
            o.Optional("epsilon", n => n.Number(1e-16, 100), missing.Epsilon),
            o.Optional("squareStart", n => n.OneOf(Starts), missing.Start));
    }
}
