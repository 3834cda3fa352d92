using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>Batch norm and the activation after it; narrower networks use the first channels.</summary>
/// <remarks>Epsilon 1e-3 unless another is given; the running averages keep 0.99 of their old value (TensorFlow's momentum) and hold the biased variance.
/// Source: official MoViNet code.</remarks>
internal sealed class Norm : nn.Module
{
    public const double Epsilon = 1e-3;
    private readonly double _momentum;
    private readonly double _epsilon;
    private readonly Parameter scale;
    private readonly Parameter shift;
    private readonly Tensor? runningMean;
    private readonly Tensor? runningVariance;

    /// <param name="width">Channels.</param>
    /// <param name="hasRunningAverages">False in supernets, whose norms are stateless.</param>
    /// <param name="momentum">Share of the old running average that is kept.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="firstScale">First value of the scale.</param>
    public Norm(int width, bool hasRunningAverages, double momentum = VideoNetwork.NormMomentum, double epsilon = Epsilon, double firstScale = 1)
        : base(nameof(Norm))
    {
        (_momentum, _epsilon) = (momentum, epsilon);
        scale = Initialization.Constant(firstScale, width);
        shift = Initialization.Constant(0, width);
        if (hasRunningAverages)
        {
            runningMean = zeros(width);
            runningVariance = ones(width);
        }

        RegisterComponents();
    }

    /// <summary>[B, C, T, H, W] to the same shape.</summary>
    /// <remarks>In evaluation without gradients x is overwritten, so it must be the caller's own: here always the fresh output of a
    /// convolution.</remarks>
    public Tensor Apply(Tensor x, ActivationType? activation, NormMode mode)
    {
        long channels = x.shape[1];
        var gamma = scale.narrow(0, 0, channels);
        var beta = shift.narrow(0, 0, channels);
        if (mode == NormMode.Batch) return BatchNormActivation.Apply(x, gamma, beta, _epsilon, activation);
        if (mode == NormMode.Evaluation && LibtorchPath.Takes(x)) return ByLibtorch(x, gamma, beta, activation);
        if (mode == NormMode.Evaluation)
        {
            var (factor, offset) = Folded(channels);
            if (is_grad_enabled())
            {
                var y = (x * factor.view(1, -1, 1, 1, 1)).Plus(offset.view(1, -1, 1, 1, 1));
                return activation.Apply(y);
            }

            ScaleShiftActivation.ApplyInPlace(x, factor, offset, activation);
            return x.alias();
        }

        if (runningMean is null || runningVariance is null) throw HasNoAverages();
        var mean = empty(channels, device: x.device);
        var variance = empty(channels, device: x.device);
        var normalized = BatchNormActivation.Apply(x, gamma, beta, _epsilon, activation, mean, variance);
        using (no_grad())
        {
            runningMean.mul_(Scalars.Of(_momentum)).add_(mean, alpha: Scalars.Of(1 - _momentum));
            runningVariance.mul_(Scalars.Of(_momentum)).add_(variance, alpha: Scalars.Of(1 - _momentum));
        }

        return normalized;
    }

    private Tensor ByLibtorch(Tensor x, Tensor gamma, Tensor beta, ActivationType? activation)
    {
        if (runningMean is null || runningVariance is null) throw HasNoAverages();
        var y = nn.functional.batch_norm(x, runningMean, runningVariance, gamma, beta, training: false, eps: _epsilon);
        return activation.Apply(y);
    }

    /// <summary>The norm of evaluation as a factor and an offset for each of its channels.</summary>
    public (Tensor Factor, Tensor Offset) Folded() => Folded(scale.shape[0]);

    /// <summary>The norm of evaluation as a factor and an offset for each channel, [channels].</summary>
    public (Tensor Factor, Tensor Offset) Folded(long channels)
    {
        if (runningMean is null || runningVariance is null) throw HasNoAverages();
        var factor = scale.narrow(0, 0, channels) * runningVariance.add(Scalars.Of(_epsilon)).rsqrt();
        return (factor, shift.narrow(0, 0, channels).Minus(runningMean * factor));
    }

    private static InvalidOperationException HasNoAverages() => new("A supernet's norms have no running averages: use NormMode.Batch.");
}
