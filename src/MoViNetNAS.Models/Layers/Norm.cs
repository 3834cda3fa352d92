using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>Batch norm and the activation after it; narrower networks use the first channels.</summary>
/// <remarks>Epsilon 1e-3; the running averages keep 0.99 of their old value (TensorFlow's momentum) and hold the biased variance.
/// Source: official MoViNet code.</remarks>
internal sealed class Norm : nn.Module
{
    public const double Epsilon = 1e-3;
    private readonly double _momentum;
    private readonly Parameter scale;
    private readonly Parameter shift;
    private readonly Tensor? runningMean;
    private readonly Tensor? runningVariance;

    /// <param name="width">Channels.</param>
    /// <param name="hasRunningAverages">False in supernets, whose norms are stateless.</param>
    /// <param name="momentum">Share of the old running average that is kept.</param>
    public Norm(int width, bool hasRunningAverages, double momentum = 0.99) : base(nameof(Norm))
    {
        _momentum = momentum;
        scale = Initialization.Constant(1, width);
        shift = Initialization.Constant(0, width);
        if (hasRunningAverages)
        {
            runningMean = zeros(width);
            runningVariance = ones(width);
        }

        RegisterComponents();
    }

    /// <summary>[B, C, T, H, W] to the same shape.</summary>
    public Tensor Apply(Tensor x, ActivationType? activation, NormMode mode)
    {
        long channels = x.shape[1];
        var gamma = scale.narrow(0, 0, channels);
        var beta = shift.narrow(0, 0, channels);
        if (mode == NormMode.Batch) return BatchNormActivation.Apply(x, gamma, beta, Epsilon, activation);
        if (runningMean is null || runningVariance is null)
            throw new InvalidOperationException("A supernet's norms have no running averages: use NormMode.Batch.");
        if (mode == NormMode.Evaluation)
        {
            var factor = gamma * runningVariance.add(Scalars.Of(Epsilon)).rsqrt();
            return ScaleShiftActivation.Apply(x, factor, beta - runningMean * factor, activation);
        }

        var mean = empty(channels, device: x.device);
        var variance = empty(channels, device: x.device);
        var y = BatchNormActivation.Apply(x, gamma, beta, Epsilon, activation, mean, variance);
        using (no_grad())
        {
            runningMean.mul_(Scalars.Of(_momentum)).add_(mean, alpha: Scalars.Of(1 - _momentum));
            runningVariance.mul_(Scalars.Of(_momentum)).add_(variance, alpha: Scalars.Of(1 - _momentum));
        }

        return y;
    }
}
