using System.Text.Json.Nodes;
using MoViNetNAS.Spaces;
using TorchSharp.Modules;

namespace MoViNetNAS.Training;

/// <summary>Which optimizer trains a stand-alone network.</summary>
public abstract record OptimizerSettings
{
    private static readonly Dictionary<string, Func<ConfigNode, OptimizerSettings>> Kinds = new()
    {
        [AdamWSettings.Kind] = AdamWSettings.Read,
        [RmsPropSettings.Kind] = RmsPropSettings.Read,
        [SgdSettings.Kind] = SgdSettings.Read,
    };

    private protected OptimizerSettings()
    {
    }

    /// <summary>Reads the "optimizer" object of a "train" section; its kind says which other keys are allowed.</summary>
    public static OptimizerSettings Read(ConfigNode node) =>
        node.Field("kind") is { } kind ? kind.OneOf(Kinds)(node) : Missing(node);

    /// <summary>The optimizer; the caller disposes it.</summary>
    /// <param name="parameters">Names and parameters, in a fixed order.</param>
    /// <param name="weightDecay">Decay of convolution kernels.</param>
    public abstract IOptimizer For(IEnumerable<(string Name, Parameter Parameter)> parameters, double weightDecay);

    /// <summary>The object as JSON that <see cref="Read"/> reads back.</summary>
    public abstract JsonObject ToJson();

    private static OptimizerSettings Missing(ConfigNode node)
    {
        node.Fail($"needs the key 'kind': {string.Join(", ", Kinds.Keys)}");
        return new AdamWSettings();
    }
}
