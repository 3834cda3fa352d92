using MoViNetNAS.Models;
using MoViNetNAS.Models.Kernels;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MoViNetNAS.Training;

/// <summary>Adam with decoupled weight decay, whose moments can be saved and loaded.</summary>
/// <remarks>Weights of convolutions and matrices decay; biases, norms and scalars do not. Parameters without a gradient are skipped.
/// Source: Loshchilov and Hutter, Decoupled Weight Decay Regularization (ICLR 2019), Algorithm 2.</remarks>
public sealed class AdamW : IOptimizer
{
    private readonly IReadOnlyList<Slot> _slots;
    private readonly double _beta1, _beta2, _epsilon, _weightDecay;
    private long _updates;

    /// <param name="parameters">Names and parameters, in a fixed order.</param>
    /// <param name="weightDecay">Decay per update, times the learning rate.</param>
    /// <param name="beta1">Memory of the mean, in [0, 1).</param>
    /// <param name="beta2">Memory of the square, in [0, 1).</param>
    /// <param name="epsilon">Added to the root.</param>
    public AdamW(
        IEnumerable<(string Name, Parameter Parameter)> parameters, double weightDecay, double beta1 = 0.9, double beta2 = 0.999,
        double epsilon = 1e-8)
    {
        (_weightDecay, _beta1, _beta2, _epsilon) = (weightDecay, beta1, beta2, epsilon);
        _slots = [.. parameters.Select(p => new Slot(
            p.Name, p.Parameter, zeros_like(p.Parameter).DetachFromDisposeScope(), zeros_like(p.Parameter).DetachFromDisposeScope()))];
        Gradients = new ParameterGradients(_slots.Select(slot => (slot.Name, slot.Parameter)));
    }

    /// <summary>Updates made so far.</summary>
    public long Updates => _updates;

    /// <inheritdoc/>
    public ParameterGradients Gradients { get; }

    /// <summary>The moments, for a checkpoint: "adam.mean.x" and "adam.square.x" for parameter x.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> State => _slots.SelectMany(slot => new KeyValuePair<string, Tensor>[]
    {
        new($"adam.mean.{slot.Name}", slot.Mean),
        new($"adam.square.{slot.Name}", slot.Square),
    });

    /// <summary>Continues from saved moments.</summary>
    /// <param name="state">The moments, among others.</param>
    /// <param name="updates">Updates made so far.</param>
    /// <param name="file">What mistakes call the file they came from.</param>
    /// <exception cref="MoViNetNAS.Spaces.InputException">A moment is missing or has another shape.</exception>
    public void Load(IReadOnlyDictionary<string, Tensor> state, long updates, string file)
    {
        SavedTensors.Copy(State, state, file);
        _updates = updates;
    }

    /// <summary>Moves every parameter against its gradient, which is scaled down to <paramref name="limits"/>.</summary>
    public void Step(double learningRate, GradientLimits limits = default)
    {
        Gradients.Limit(limits);
        using var unrecorded = no_grad();
        using var scope = NewDisposeScope();
        _updates++;
        double rate = learningRate / (1 - Math.Pow(_beta1, _updates)), correction = 1 / Math.Sqrt(1 - Math.Pow(_beta2, _updates));
        foreach (var slot in _slots)
        {
            if (slot.Parameter.grad is not { } gradient) continue;
            double decay = slot.Parameter.dim() > 1 ? 1 - learningRate * _weightDecay : 1;
            if (TensorMemory.HasFloats(slot.Parameter) && TensorMemory.HasFloats(gradient))
            {
                var update = new AdamUpdate(
                    (float)decay, (float)_beta1, (float)_beta2, (float)rate, (float)correction, (float)_epsilon);
                update.Apply(
                    TensorMemory.Floats(slot.Parameter), TensorMemory.Floats(gradient), TensorMemory.Floats(slot.Mean),
                    TensorMemory.Floats(slot.Square));
            }
            else
            {
                StepElsewhere(slot, gradient, decay, rate, correction);
            }
        }
    }

    /// <summary>Forgets the gradients.</summary>
    public void ClearGradients() => Gradients.Clear();

    /// <summary>Scales the gradients down so that their joint norm is at most <paramref name="limit"/>.</summary>
    public void ClipGradients(double limit) => Gradients.Limit(new GradientLimits(limit, 0));

    /// <summary>Releases the moments; the parameters belong to their network.</summary>
    public void Dispose()
    {
        foreach (var (_, moment) in State) moment.Dispose();
    }

    // The same update by operations of libtorch: on other devices and in other layouts.
    private void StepElsewhere(Slot slot, Tensor gradient, double decay, double rate, double correction)
    {
        using var decayed = decay.ToScalar();
        using var step = (-rate).ToScalar();
        using var corrected = correction.ToScalar();
        if (decay != 1) slot.Parameter.mul_(decayed);
        slot.Mean.mul_(Scalars.Of(_beta1)).add_(gradient, alpha: Scalars.Of(1 - _beta1));
        slot.Square.mul_(Scalars.Of(_beta2)).addcmul_(gradient, gradient, value: Scalars.Of(1 - _beta2));
        slot.Parameter.addcdiv_(slot.Mean, slot.Square.sqrt().mul_(corrected).add_(Scalars.Of(_epsilon)), value: step);
    }

    private sealed record Slot(string Name, Parameter Parameter, Tensor Mean, Tensor Square);
}
