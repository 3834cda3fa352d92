using MoViNetNAS.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Training;

/// <summary>The exponential moving average of a network's weights and of the running averages of its norms.</summary>
/// <remarks>Its memory is min(decay, (1 + n) / (10 + n)) at update n, so that the first weights are soon forgotten; it begins with
/// them. The running averages are averaged as well: they belong to the weights they were seen with. Source: TensorFlow,
/// ExponentialMovingAverage with num_updates; official model garden with trainable_weights_only false.</remarks>
internal sealed class WeightAverage : IDisposable
{
    private readonly double _decay;
    private readonly (string Name, Tensor Weight, Tensor Average)[] _pairs;

    /// <param name="network">Whose weights.</param>
    /// <param name="decay">Memory of the average in the long run, in (0, 1).</param>
    /// <param name="freeze">What does not move, and must not by rounding.</param>
    public WeightAverage(VideoNetwork network, double decay, FreezeType freeze = FreezeType.None)
    {
        _decay = decay;
        using var unrecorded = no_grad();
        _pairs = [.. ModelCheckpoint.Tensors(network).Where(entry => !FrozenParts.Contains(freeze, entry.Key)).Select(entry => (entry.Key, entry.Value, entry.Value.detach().clone().DetachFromDisposeScope()))];
    }

    /// <summary>"average.x" for weight x.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> State => _pairs.Select(pair => KeyValuePair.Create($"average.{pair.Name}", pair.Average));

    /// <summary>Takes in the weights after an update.</summary>
    /// <param name="updates">Updates made, that one counted.</param>
    public void Take(long updates)
    {
        using var unrecorded = no_grad();
        using var scope = NewDisposeScope();
        double decay = Math.Min(_decay, (1.0 + updates) / (10.0 + updates));
        using var kept = decay.ToScalar();
        using var taken = (1 - decay).ToScalar();
        foreach (var (_, weight, average) in _pairs) average.mul_(kept).add_(weight, alpha: taken);
    }

    /// <summary>Puts the average in the network and the network's weights in its place; once more to undo it.</summary>
    public void Swap()
    {
        using var unrecorded = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (_, weight, average) in _pairs)
        {
            var kept = weight.clone();
            weight.copy_(average);
            average.copy_(kept);
        }
    }

    /// <summary>Releases the average; the weights belong to their network.</summary>
    public void Dispose()
    {
        foreach (var (_, _, average) in _pairs) average.Dispose();
    }
}
