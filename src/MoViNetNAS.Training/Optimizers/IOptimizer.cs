using static TorchSharp.torch;

namespace MoViNetNAS.Training;

/// <summary>Moves parameters against their gradients, and can be stopped and continued with the same bits.</summary>
/// <remarks>Parameters without a gradient are skipped.</remarks>
public interface IOptimizer : IDisposable
{
    /// <summary>Updates made so far.</summary>
    long Updates { get; }

    /// <summary>The gradients that <see cref="Step"/> follows.</summary>
    ParameterGradients Gradients { get; }

    /// <summary>What it remembers between updates, for a checkpoint, by names that no parameter has.</summary>
    IEnumerable<KeyValuePair<string, Tensor>> State { get; }

    /// <summary>Continues from a saved state.</summary>
    /// <param name="state">The tensors of <see cref="State"/>, among others.</param>
    /// <param name="updates">Updates made so far.</param>
    /// <param name="file">What mistakes call the file they came from.</param>
    /// <exception cref="MoViNetNAS.Spaces.InputException">A tensor is missing or has another shape.</exception>
    void Load(IReadOnlyDictionary<string, Tensor> state, long updates, string file);

    /// <summary>Adds the weight decay that is part of the gradient, limits the gradients, and moves every parameter.</summary>
    /// <param name="learningRate">Rate of this update.</param>
    /// <param name="limits">How large the gradients may be; the gradients themselves are scaled down.</param>
    void Step(double learningRate, GradientLimits limits = default);
}
