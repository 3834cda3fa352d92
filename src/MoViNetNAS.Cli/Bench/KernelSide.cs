using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Cli.Bench;

/// <summary>One way to compute an operation of the network, with its inputs ready.</summary>
internal sealed class KernelSide : IDisposable
{
    private readonly Tensor[] _inputs;
    private readonly Func<IReadOnlyList<Tensor>, Tensor> _forward;
    private readonly Tensor _outputGradient;
    private readonly Tensor? _constant;

    /// <param name="inputs">What gradients are asked for; owned by this object from now on.</param>
    /// <param name="outputGradient">Gradient of the output, in the layout that the output has; owned likewise.</param>
    /// <param name="forward">The operation.</param>
    /// <param name="constant">What <paramref name="forward"/> reads besides; owned likewise.</param>
    public KernelSide(IEnumerable<Tensor> inputs, Tensor outputGradient, Func<IReadOnlyList<Tensor>, Tensor> forward, Tensor? constant = null)
    {
        _inputs = [.. inputs.Select(input => input.detach().requires_grad_(true).DetachFromDisposeScope())];
        _outputGradient = outputGradient.alias().DetachFromDisposeScope();
        _forward = forward;
        _constant = constant?.DetachFromDisposeScope();
    }

    /// <summary>The operation alone.</summary>
    public void Forward()
    {
        using var unrecorded = no_grad();
        using var scope = NewDisposeScope();
        _forward(_inputs);
    }

    /// <summary>The operation and the gradients of all its inputs.</summary>
    public void ForwardBackward()
    {
        using var scope = NewDisposeScope();
        autograd.grad([_forward(_inputs)], _inputs, [_outputGradient]);
    }

    /// <summary>The output, then the gradients, as float64 in the default layout; the caller disposes them.</summary>
    public IReadOnlyList<Tensor> Results()
    {
        using var scope = NewDisposeScope();
        var y = _forward(_inputs);
        return [.. autograd.grad([y], _inputs, [_outputGradient]).Prepend(y).Select(
            result => result.detach().to(float64).contiguous().MoveToOuterDisposeScope())];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var input in _inputs) input.Dispose();
        _outputGradient.Dispose();
        _constant?.Dispose();
    }
}
