using MoViNetNAS.Models;
using MoViNetNAS.Models.Kernels;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MoViNetNAS.Training;

/// <summary>RMSProp as TensorFlow computes it: epsilon under the root, the learning rate inside the momentum.</summary>
/// <remarks>square = decay * square + (1 - decay) * g^2; momentum = m * momentum + rate * g / sqrt(square + epsilon); w -= momentum.
/// With an epsilon of 1 this is far from PyTorch's, which adds epsilon to the root and multiplies by the rate at the end. Source:
/// TensorFlow, RMSprop (not centred); settings of the published MoViNets.</remarks>
public sealed class RmsProp : IOptimizer
{
    private readonly IReadOnlyList<Slot> _slots;
    private readonly double _weightDecay, _decay, _momentum, _epsilon;

    /// <param name="parameters">Names and parameters, in a fixed order.</param>
    /// <param name="weightDecay">Added to gradients, times the parameter; of kernels only, see <see cref="ParameterGradients.AddDecay"/>.</param>
    /// <param name="decay">Memory of the square, in [0, 1).</param>
    /// <param name="momentum">Memory of the steps, in [0, 1).</param>
    /// <param name="epsilon">Added under the root, above 0.</param>
    /// <param name="start">First value of the square.</param>
    public RmsProp(
        IEnumerable<(string Name, Parameter Parameter)> parameters, double weightDecay, double decay = 0.9, double momentum = 0.9,
        double epsilon = 1, SquareStart start = SquareStart.Zero)
    {
        (_weightDecay, _decay, _momentum, _epsilon) = (weightDecay, decay, momentum, epsilon);
        _slots = [.. parameters.Select(p => new Slot(
            p.Name, p.Parameter, (start == SquareStart.One ? ones_like(p.Parameter) : zeros_like(p.Parameter)).DetachFromDisposeScope(),
            zeros_like(p.Parameter).DetachFromDisposeScope()))];
        Gradients = new ParameterGradients(_slots.Select(slot => (slot.Name, slot.Parameter)));
    }

    /// <inheritdoc/>
    public long Updates { get; private set; }

    /// <inheritdoc/>
    public ParameterGradients Gradients { get; }

    /// <summary>"rmsprop.square.x" and "rmsprop.momentum.x" for parameter x.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> State => _slots.SelectMany(slot => new KeyValuePair<string, Tensor>[]
    {
        new($"rmsprop.square.{slot.Name}", slot.Square),
        new($"rmsprop.momentum.{slot.Name}", slot.Momentum),
    });

    /// <inheritdoc/>
    public void Load(IReadOnlyDictionary<string, Tensor> state, long updates, string file)
    {
        SavedTensors.Copy(State, state, file);
        Updates = updates;
    }

    /// <inheritdoc/>
    public void Step(double learningRate, GradientLimits limits = default)
    {
        using var unrecorded = no_grad();
        using var scope = NewDisposeScope();
        Gradients.AddDecay(_weightDecay);
        Gradients.Limit(limits);
        Updates++;
        var update = new RmsPropUpdate((float)_decay, (float)_momentum, (float)learningRate, (float)_epsilon);
        foreach (var slot in _slots)
        {
            if (slot.Parameter.grad is not { } gradient) continue;
            if (TensorMemory.HasFloats(slot.Parameter) && TensorMemory.HasFloats(gradient))
            {
                update.Apply(
                    TensorMemory.Floats(slot.Parameter), TensorMemory.Floats(gradient), TensorMemory.Floats(slot.Square),
                    TensorMemory.Floats(slot.Momentum));
            }
            else
            {
                StepElsewhere(slot, gradient, learningRate);
            }
        }
    }

    /// <summary>Releases what is remembered; the parameters belong to their network.</summary>
    public void Dispose()
    {
        foreach (var (_, tensor) in State) tensor.Dispose();
    }

    // The same update by operations of libtorch: on other devices and in other layouts.
    private void StepElsewhere(Slot slot, Tensor gradient, double learningRate)
    {
        using var rate = learningRate.ToScalar();
        slot.Square.mul_(Scalars.Of(_decay)).addcmul_(gradient, gradient, value: Scalars.Of(1 - _decay));
        slot.Momentum.mul_(Scalars.Of(_momentum)).addcdiv_(gradient, slot.Square.add(Scalars.Of(_epsilon)).sqrt_(), value: rate);
        slot.Parameter.MinusInPlace(slot.Momentum);
    }

    private sealed record Slot(string Name, Parameter Parameter, Tensor Square, Tensor Momentum);
}
