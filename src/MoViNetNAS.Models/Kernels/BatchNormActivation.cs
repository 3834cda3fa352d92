using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Kernels;

/// <summary>Batch norm with the statistics of the batch, then an activation, fused.</summary>
/// <remarks>float32 on the CPU runs on own kernels in channels-last order, with the same bits for any number of threads;
/// anything else, or everything when <see cref="LibtorchPath"/> is on, runs on libtorch.</remarks>
public static class BatchNormActivation
{
    /// <summary>activation((x - mean) / sqrt(variance + epsilon) * gamma + beta), with mean and variance over B, T, H and W.</summary>
    /// <param name="x">[B, C, T, H, W]; best channels-last, converted otherwise.</param>
    /// <param name="gamma">[C].</param>
    /// <param name="beta">[C].</param>
    /// <param name="epsilon">Added to the variance; positive.</param>
    /// <param name="activation">Null for none.</param>
    /// <param name="meanOut">[C], overwritten with the mean of the batch; null when not wanted.</param>
    /// <param name="varianceOut">[C], overwritten with the biased variance (sum of squares over the number of positions) of the batch.</param>
    /// <returns>[B, C, T, H, W], channels-last from the own kernels; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">Shapes that do not fit, or no positions.</exception>
    public static Tensor Apply(
        Tensor x, Tensor gamma, Tensor beta, double epsilon, ActivationType? activation,
        Tensor? meanOut = null, Tensor? varianceOut = null)
    {
        if (x.dim() != 5 || x.numel() == 0)
        {
            throw new ArgumentException($"x has shape [{string.Join(", ", x.shape)}], not [B, C, T, H, W] with positions.", nameof(x));
        }

        long channels = x.shape[1];
        ChannelVector.Check(gamma, channels, nameof(gamma));
        ChannelVector.Check(beta, channels, nameof(beta));
        if (meanOut is not null) ChannelVector.Check(meanOut, channels, nameof(meanOut));
        if (varianceOut is not null) ChannelVector.Check(varianceOut, channels, nameof(varianceOut));

        using DisposeScope scope = NewDisposeScope();
        Tensor y = RunsOwnKernels(x, gamma, beta)
            ? Own(ChannelsLast.IsChannelsLast(x) ? x : ChannelsLast.Ensure(x), gamma, beta, epsilon, activation, meanOut, varianceOut)
            : Libtorch(x, gamma, beta, epsilon, activation, meanOut, varianceOut);
        return y.MoveToOuterDisposeScope();
    }

    private static Tensor Own(
        Tensor x, Tensor gamma, Tensor beta, double epsilon, ActivationType? activation, Tensor? meanOut, Tensor? varianceOut)
    {
        (double[] mean, double[] variance) = BatchNormKernels.Statistics(x);
        float[] means = Array.ConvertAll(mean, value => (float)value);
        float[] inverse = Array.ConvertAll(variance, value => (float)(1 / Math.Sqrt(value + epsilon)));
        float[] scale = ChannelVector.ToArray(gamma), shift = ChannelVector.ToArray(beta);
        for (int channel = 0; channel < scale.Length; channel++) scale[channel] *= inverse[channel];
        using (no_grad())
        {
            meanOut?.copy_(ChannelVector.ToTensor(means));
            varianceOut?.copy_(ChannelVector.ToTensor(Array.ConvertAll(variance, value => (float)value)));
        }

        bool needsX = x.requires_grad, needsGamma = gamma.requires_grad, needsBeta = beta.requires_grad;
        return is_grad_enabled() && (needsX || needsGamma || needsBeta)
            ? BatchNormFunction.apply(
                x, gamma, beta,
                new BatchNormFunction.Call(means, inverse, scale, shift, activation, needsX, needsGamma, needsBeta))
            : BatchNormKernels.Forward(x, means, scale, shift, activation);
    }

    private static Tensor Libtorch(
        Tensor x, Tensor gamma, Tensor beta, double epsilon, ActivationType? activation, Tensor? meanOut, Tensor? varianceOut)
    {
        if (x.IsRounded()) return Rounded(x, gamma, beta, epsilon, activation, meanOut, varianceOut);
        using (no_grad())
        {
            meanOut?.copy_(x.mean([0, 2, 3, 4]));
            varianceOut?.copy_(x.var([0, 2, 3, 4], unbiased: false));
        }

        Tensor normalised = nn.functional.batch_norm(x, null!, null!, gamma, beta, training: true, eps: epsilon);
        return activation.Apply(normalised);
    }

    // The mean of a bfloat16 tensor would come out rounded. Running averages that move all the way are the batch's statistics in float32.
    private static Tensor Rounded(
        Tensor x, Tensor gamma, Tensor beta, double epsilon, ActivationType? activation, Tensor? meanOut, Tensor? varianceOut)
    {
        Tensor mean = zeros_like(gamma), variance = ones_like(gamma);
        Tensor normalised = nn.functional.batch_norm(x, mean, variance, gamma, beta, training: true, momentum: 1, eps: epsilon);
        using (no_grad())
        {
            meanOut?.copy_(mean);
            long positions = x.numel() / x.shape[1];
            // libtorch keeps the unbiased variance, of one position NaN; and it must stay as it is for the backward pass.
            using Scalar biased = ((positions - 1.0) / positions).ToScalar();
            varianceOut?.copy_(positions > 1 ? variance.mul(biased) : zeros_like(variance));
        }

        return activation.Apply(normalised);
    }

    private static bool RunsOwnKernels(Tensor x, Tensor gamma, Tensor beta) =>
        !LibtorchPath.Takes(x) && !LibtorchPath.Takes(gamma) && !LibtorchPath.Takes(beta);
}
