using MoViNetNAS.Models;
using MoViNetNAS.Models.Kernels;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MoViNetNAS.Training;

/// <summary>The gradients of the paths of one step, kept apart until all are there and then added in the order of the paths.</summary>
/// <remarks>So the sum has the same bits whichever path was ready first.</remarks>
internal sealed class PathGradients : IDisposable
{
    private readonly Parameter[] _parameters;
    private readonly Dictionary<object, int> _indices;
    private readonly Tensor[] _sums;
    private Tensor?[][] _paths = [];

    /// <param name="parameters">All parameters, in a fixed order.</param>
    public PathGradients(IEnumerable<Parameter> parameters)
    {
        _parameters = [.. parameters];
        _indices = new Dictionary<object, int>(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < _parameters.Length; i++) _indices[_parameters[i]] = i;
        _sums = [.. _parameters.Select(parameter => zeros_like(parameter).DetachFromDisposeScope())];
    }

    /// <summary>Begins a step of <paramref name="paths"/> paths.</summary>
    public void Begin(int paths) => _paths = new Tensor?[paths][];

    /// <summary>Takes the gradients of a loss; several threads may, each for its own path.</summary>
    /// <param name="path">Which path of the step the loss came from.</param>
    /// <param name="loss">A scalar.</param>
    /// <param name="used">The parameters that the path uses.</param>
    public void Take(int path, Tensor loss, IEnumerable<Parameter> used)
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = [.. used];
        IList<Tensor> gradients = autograd.grad([loss], parameters);
        var byParameter = new Tensor?[_parameters.Length];
        for (int i = 0; i < parameters.Length; i++) byParameter[_indices[parameters[i]]] = gradients[i].contiguous().DetachFromDisposeScope();
        _paths[path] = byParameter;
    }

    /// <summary>Gives every parameter the sum as its gradient, and forgets the paths.</summary>
    /// <param name="skipsUnused">Leaves parameters that no path used without a gradient; otherwise it is zero.</param>
    public void Assign(bool skipsUnused)
    {
        using var unrecorded = no_grad();
        using var scope = NewDisposeScope();
        for (int i = 0; i < _parameters.Length; i++)
        {
            bool isUsed = false;
            foreach (var path in _paths)
            {
                if (path[i] is not { } gradient) continue;
                Add(_sums[i], gradient, isFirst: !isUsed);
                gradient.Dispose();
                isUsed = true;
            }

            if (!isUsed) _sums[i].zero_();
            _parameters[i].grad = isUsed || !skipsUnused ? _sums[i] : null;
        }

        _paths = [];
    }

    /// <summary>Releases the gradients.</summary>
    public void Dispose()
    {
        foreach (var gradient in _paths.Where(path => path is not null).SelectMany(path => path).OfType<Tensor>()) gradient.Dispose();
        for (int i = 0; i < _parameters.Length; i++)
        {
            _parameters[i].grad = null;
            _sums[i].Dispose();
        }
    }

    private static void Add(Tensor sum, Tensor gradient, bool isFirst)
    {
        if (isFirst) sum.copy_(gradient);
        else sum.PlusInPlace(gradient);
    }
}
