using MoViNetNAS.Models;
using MoViNetNAS.Models.Kernels;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MoViNetNAS.Training;

/// <summary>Stochastic gradient descent with momentum, the learning rate inside it.</summary>
/// <remarks>velocity = m * velocity + rate * g; w -= velocity, or m * velocity + rate * g with Nesterov's momentum. While the rate
/// stays the same this is PyTorch's, which keeps the rate outside. Source: Keras, SGD.</remarks>
public sealed class Sgd : IOptimizer
{
    private readonly IReadOnlyList<Slot> _slots;
    private readonly double _weightDecay, _momentum;
    private readonly bool _isNesterov;

    /// <param name="parameters">Names and parameters, in a fixed order.</param>
    /// <param name="weightDecay">Added to gradients, times the parameter; of kernels only, see <see cref="ParameterGradients.AddDecay"/>.</param>
    /// <param name="momentum">Memory of the steps, in [0, 1).</param>
    /// <param name="isNesterov">Whether the parameter moves where the next step would lead.</param>
    public Sgd(IEnumerable<(string Name, Parameter Parameter)> parameters, double weightDecay, double momentum = 0.9, bool isNesterov = false)
    {
        (_weightDecay, _momentum, _isNesterov) = (weightDecay, momentum, isNesterov);
        _slots = [.. parameters.Select(p => new Slot(p.Name, p.Parameter, zeros_like(p.Parameter).DetachFromDisposeScope()))];
        Gradients = new ParameterGradients(_slots.Select(slot => (slot.Name, slot.Parameter)));
    }

    /// <inheritdoc/>
    public long Updates { get; private set; }

    /// <inheritdoc/>
    public ParameterGradients Gradients { get; }

    /// <summary>"sgd.velocity.x" for parameter x.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> State =>
        _slots.Select(slot => new KeyValuePair<string, Tensor>($"sgd.velocity.{slot.Name}", slot.Velocity));

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
        var update = new SgdUpdate((float)_momentum, (float)learningRate, _isNesterov);
        foreach (var slot in _slots)
        {
            if (slot.Parameter.grad is not { } gradient) continue;
            if (TensorMemory.HasFloats(slot.Parameter) && TensorMemory.HasFloats(gradient))
                update.Apply(TensorMemory.Floats(slot.Parameter), TensorMemory.Floats(gradient), TensorMemory.Floats(slot.Velocity));
            else
                StepElsewhere(slot, gradient, learningRate);
        }
    }

    /// <summary>Releases what is remembered; the parameters belong to their network.</summary>
    public void Dispose()
    {
        foreach (var slot in _slots) slot.Velocity.Dispose();
    }

    // The same update by operations of libtorch: on other devices and in other layouts.
    private void StepElsewhere(Slot slot, Tensor gradient, double learningRate)
    {
        using var rate = learningRate.ToScalar();
        using var back = (-learningRate).ToScalar();
        slot.Velocity.mul_(Scalars.Of(_momentum)).add_(gradient, alpha: rate);
        if (_isNesterov) slot.Parameter.sub_(slot.Velocity.mul(Scalars.Of(_momentum))).add_(gradient, alpha: back);
        else slot.Parameter.MinusInPlace(slot.Velocity);
    }

    private sealed record Slot(string Name, Parameter Parameter, Tensor Velocity);
}
