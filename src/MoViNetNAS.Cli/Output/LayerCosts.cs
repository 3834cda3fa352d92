using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Output;

/// <summary>What each layer of a network costs.</summary>
internal static class LayerCosts
{
    /// <summary>Multiply-adds of a clip, trainable parameters, and float32 bytes that a stream carries, by the layer's name.</summary>
    public static IReadOnlyDictionary<string, (long Macs, long Parameters, long StateBytes)> Of(ChosenNetwork network)
    {
        var states = network.Design.CanStream
            ? network.Design.States(network.Classes, network.Input.Resolution).Where(state => state.IsFloat)
                .GroupBy(state => state.Layer).ToDictionary(layer => layer.Key, layer => sizeof(float) * layer.Sum(state => state.Elements))
            : [];
        return network.Design.CostRows(network.Classes, network.Input)
            .GroupBy(row => row.Layer)
            .ToDictionary(layer => layer.Key, layer => (layer.Sum(row => row.Macs), layer.Sum(row => row.Parameters), states.GetValueOrDefault(layer.Key)));
    }
}
