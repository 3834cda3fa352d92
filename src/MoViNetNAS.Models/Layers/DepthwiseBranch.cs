using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>A depthwise convolution over space and time with norm and activation, whole or split into space and then time.</summary>
/// <remarks>In a causal network frame t sees frames up to t. A stream buffer holds the last kt - 1 frames that the temporal kernel
/// saw: the input of the whole kernel, or what the spatial part of the split form gives. Source: MoViNets section 3.2; official code.</remarks>
internal sealed class DepthwiseBranch : nn.Module
{
    private readonly NetworkVariant _variant;
    private readonly KernelShape _kernel;
    private readonly Parameter weight; // [width, 1, kt, ks, ks], or [width, 1, 1, ks, ks] in the split form
    private readonly Norm norm;
    private readonly Parameter? temporalWeight; // [width, 1, kt, 1, 1]
    private readonly Norm? temporalNorm;

    public DepthwiseBranch(int width, KernelShape kernel, NetworkVariant variant, bool hasRunningAverages, RandomStream random)
        : base(nameof(DepthwiseBranch))
    {
        (_variant, _kernel) = (variant, kernel);
        int frames = variant.IsSplit ? 1 : kernel.Temporal;
        weight = Initialization.HeNormal(
            random, frames * kernel.Spatial * kernel.Spatial, width, 1, frames, kernel.Spatial, kernel.Spatial);
        norm = new Norm(width, hasRunningAverages);
        if (variant.IsSplit && kernel.Temporal > 1)
        {
            temporalWeight = Initialization.HeNormal(random, kernel.Temporal, width, 1, kernel.Temporal, 1, 1);
            temporalNorm = new Norm(width, hasRunningAverages);
        }

        RegisterComponents();
    }

    /// <summary>[B, C, T, H, W] to [B, C, T, ceil(H/s), ceil(W/s)].</summary>
    /// <param name="x">The expanded activations.</param>
    /// <param name="stride">Spatial stride.</param>
    /// <param name="mode">Statistics.</param>
    /// <param name="buffer">The frames before x, [B, C, kt-1, h, w]; null at the start of a clip (zeros).</param>
    /// <param name="wantsNext">Whether the caller streams.</param>
    /// <param name="next">When asked for, the buffer after x, detached.</param>
    public Tensor Apply(Tensor x, int stride, NormMode mode, Tensor? buffer, bool wantsNext, out Tensor? next)
    {
        next = null;
        var y = x;
        if (_variant.IsSplit)
        {
            y = Convolve(x, weight, norm, stride, isCausal: false, mode, buffer: null);
            if (temporalWeight is null) return y;
        }

        if (wantsNext && _kernel.Temporal > 1) next = FrameBuffer.Next(y, buffer, _kernel.Temporal - 1);
        return _variant.IsSplit
            ? Convolve(y, temporalWeight!, temporalNorm!, 1, _variant.IsCausal, mode, buffer)
            : Convolve(y, weight, norm, stride, _variant.IsCausal, mode, buffer);
    }

    // Convolution, norm and activation; in one pass where no gradients are asked for.
    private Tensor Convolve(Tensor x, Parameter kernel, Norm after, int stride, bool isCausal, NormMode mode, Tensor? buffer)
    {
        var slice = kernel.narrow(0, 0, x.shape[1]);
        if (mode != NormMode.Evaluation || is_grad_enabled() || LibtorchPath.Takes(x))
            return after.Apply(DepthwiseConvolution.Apply(x, slice, stride, isCausal, buffer?.For(x)), _variant.Activation, mode);
        var (factor, offset) = after.Folded(x.shape[1]);
        return DepthwiseConvolution.ApplyFused(x, slice, factor, offset, _variant.Activation, stride, isCausal, buffer);
    }
}
