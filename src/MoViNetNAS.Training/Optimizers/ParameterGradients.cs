using System.Numerics;
using MoViNetNAS.Models;
using MoViNetNAS.Models.Kernels;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MoViNetNAS.Training;

/// <summary>The gradients of a network's parameters between the backward pass and the update.</summary>
public sealed class ParameterGradients
{
    private const string ClassifierKernel = "classifier.weight";
    private readonly (string Name, Parameter Parameter)[] _parameters;

    /// <param name="parameters">Names and parameters, in a fixed order.</param>
    public ParameterGradients(IEnumerable<(string Name, Parameter Parameter)> parameters) => _parameters = [.. parameters];

    /// <summary>Forgets the gradients.</summary>
    public void Clear()
    {
        foreach (var (_, parameter) in _parameters) parameter.grad = null;
    }

    /// <summary>Adds <paramref name="weightDecay"/> times the parameter to the gradient of each convolution kernel but the classifier's.</summary>
    /// <remarks>The gradient of weightDecay / 2 * sum of squares. Source: official MoViNet code: biases, norms, scalars and the
    /// classifier's kernel have no regulariser.</remarks>
    public void AddDecay(double weightDecay)
    {
        if (weightDecay == 0) return;
        using var unrecorded = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (name, parameter) in _parameters)
        {
            bool decays = parameter.dim() > 1 && !name.EndsWith(ClassifierKernel, StringComparison.Ordinal);
            if (decays) parameter.grad?.add_(parameter, alpha: Scalars.Of(weightDecay));
        }
    }

    /// <summary>Scales the gradients down to <paramref name="limits"/>: each by itself, then all together.</summary>
    public void Limit(GradientLimits limits)
    {
        if (limits.Each > 0) LimitEach(limits.Each);
        if (limits.Joint > 0) LimitJoint(limits.Joint);
    }

    /// <summary>The name of the first parameter whose gradient, or the square of it that optimizers remember, is NaN or infinite; null when all are sound.</summary>
    public string? FirstBroken()
    {
        using var unrecorded = no_grad();
        using var scope = NewDisposeScope();
        Tensor? elsewhere = null;
        foreach (var (name, parameter) in _parameters)
        {
            if (parameter.grad is not { } gradient) continue;
            if (!TensorMemory.HasFloats(gradient)) elsewhere = elsewhere is null ? Residue(gradient) : elsewhere.PlusInPlace(Residue(gradient));
            else if (!float.IsFinite(SquaredNorm(TensorMemory.Floats(gradient), 0))) return name;
        }

        // One number is fetched from another device, not one a parameter.
        return elsewhere is null || float.IsFinite(elsewhere.item<float>())
            ? null
            : _parameters.First(p => p.Parameter.grad is { } gradient && !float.IsFinite(Residue(gradient).item<float>())).Name;
    }

    private void LimitEach(double limit)
    {
        using var unrecorded = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (_, parameter) in _parameters)
        {
            if (parameter.grad is not { } gradient) continue;
            if (TensorMemory.HasFloats(gradient))
            {
                var values = TensorMemory.Floats(gradient);
                double norm = Math.Sqrt(SquaredNorm(values, 1));
                if (norm > limit) Scale(values, (float)(limit / norm));
            }
            else
            {
                gradient.div_(gradient.square().sum().sqrt().clamp_min(Scalars.Of(limit)).div(Scalars.Of(limit)));
            }
        }
    }

    private void LimitJoint(double limit)
    {
        using var unrecorded = no_grad();
        using var scope = NewDisposeScope();
        Tensor? sum = null;
        foreach (var (_, parameter) in _parameters)
        {
            if (parameter.grad is not { } gradient) continue;
            var square = gradient.square().sum();
            sum = sum is null ? square : sum.PlusInPlace(square);
        }

        double norm = Math.Sqrt(sum?.to(ScalarType.Float32).item<float>() ?? 0);
        if (norm <= limit || norm == 0) return;
        using var factor = (limit / norm).ToScalar();
        foreach (var (_, parameter) in _parameters) parameter.grad?.mul_(factor);
    }

    // 0, or NaN where a square is infinite or NaN.
    private static Tensor Residue(Tensor gradient) => gradient.square().mul_(Scalars.Of(0)).sum().to(ScalarType.Float32);

    // A weight of 0 leaves 0 of every square but those that are infinite or NaN, so many large ones cannot add up to infinity.
    private static float SquaredNorm(ReadOnlySpan<float> values, float weight)
    {
        var sums = Vector<float>.Zero;
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var v = new Vector<float>(values[i..]);
            sums += v * v * weight;
        }

        float sum = Vector.Sum(sums);
        for (; i < values.Length; i++) sum += values[i] * values[i] * weight;
        return sum;
    }

    private static void Scale(Span<float> values, float factor)
    {
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
            (new Vector<float>(values[i..]) * factor).CopyTo(values[i..]);
        for (; i < values.Length; i++) values[i] *= factor;
    }
}
