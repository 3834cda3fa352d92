using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>A convolution over space and time, full or depthwise, with strides, temporal dilation and a stream buffer.</summary>
/// <remarks>Space is padded as by TensorFlow's "same". Time is padded so too, or, when causal, before the first frame only; a stream buffer
/// takes the place of that padding. Source: MoViNets (arXiv 2103.11511), section 3.2; official code, convolution layers.</remarks>
internal sealed class SpaceTimeConvolution : nn.Module
{
    private readonly ConvolutionShape _shape;
    private readonly bool _isPlanar;
    private readonly Parameter weight; // [outputWidth, inputWidth or 1, kt, ks, ks]
    private readonly Parameter? bias;

    /// <param name="shape">Widths, kernel, strides.</param>
    /// <param name="random">First weights, He normal.</param>
    /// <param name="hasBias">Whether a learned number is added to each channel.</param>
    /// <param name="isPlanar">Whether libtorch runs it as 2-D convolutions where it can.</param>
    public SpaceTimeConvolution(ConvolutionShape shape, RandomStream random, bool hasBias = false, bool isPlanar = false)
        : base(nameof(SpaceTimeConvolution))
    {
        if (shape.IsDepthwise && shape.InputWidth != shape.OutputWidth)
            throw new ArgumentException($"A depthwise convolution gives the {shape.InputWidth} channels it takes, not {shape.OutputWidth}.", nameof(shape));
        (_shape, _isPlanar) = (shape, isPlanar);
        var kernel = shape.Kernel;
        weight = Initialization.HeNormal(
            random, shape.FanIn, shape.OutputWidth, shape.IsDepthwise ? 1 : shape.InputWidth, kernel.Temporal, kernel.Spatial, kernel.Spatial);
        if (hasBias) bias = Initialization.Constant(0, shape.OutputWidth);
        RegisterComponents();
    }

    /// <summary>[B, C, T, H, W] to [B, N, T', ceil(H/s), ceil(W/s)]; T' is T divided by the temporal stride, none when x holds no frame of it.</summary>
    /// <param name="x">The input.</param>
    /// <param name="buffer">The frames before x, [B, C, reach, H, W]; null at the start of a clip (zeros).</param>
    /// <param name="framesBefore">Frames before x: where the temporal stride stands.</param>
    /// <param name="wantsNext">Whether the caller streams; the convolution is causal then.</param>
    /// <param name="next">When asked for, the buffer after x, detached; null where nothing is carried.</param>
    public Tensor Apply(Tensor x, Tensor? buffer, long framesBefore, bool wantsNext, out Tensor? next)
    {
        next = wantsNext && _shape.Reach > 0 ? FrameBuffer.Next(x, buffer, _shape.Reach) : null;
        var y = Convolve(x, buffer, framesBefore);
        return bias is null ? y : y.Plus(bias.view(1, -1, 1, 1, 1).For(y));
    }

    /// <summary>As <see cref="Apply"/>, with a factor and an offset for each channel and an activation in the same pass; null where it cannot.</summary>
    /// <remarks>Only depthwise convolutions on the CPU without bias can, outside of any autograd graph.</remarks>
    public Tensor? ApplyFused(
        Tensor x, (Tensor Factor, Tensor Offset) norm, ActivationType? activation, Tensor? buffer, bool wantsNext, out Tensor? next)
    {
        next = null;
        if (!_shape.IsPlainDepthwise || bias is not null || LibtorchPath.Takes(x) || is_grad_enabled()) return null;
        next = wantsNext && _shape.Reach > 0 ? FrameBuffer.Next(x, buffer, _shape.Reach) : null;
        return DepthwiseConvolution.ApplyFused(x, weight, norm.Factor, norm.Offset, activation, _shape.Stride, _shape.IsCausal, buffer);
    }

    private Tensor Convolve(Tensor x, Tensor? buffer, long framesBefore)
    {
        if (_shape.IsPlainDepthwise && !LibtorchPath.Takes(x))
            return DepthwiseConvolution.Apply(x, weight, _shape.Stride, _shape.IsCausal, buffer);
        if (!_shape.IsCausal)
        {
            var around = SamePadding.Of((int)x.shape[2], _shape.Reach + 1, _shape.TemporalStride);
            return GeneralConvolution.Apply(x, weight, _shape, around, _isPlanar);
        }

        int step = _shape.TemporalStride;
        long skipped = (step - framesBefore % step) % step;
        if (skipped >= x.shape[2]) return NoFrames(x);
        var seen = x;
        if (_shape.Reach > 0 && buffer is not null) seen = cat([buffer.detach().For(x), x], 2);
        else if (_shape.Reach > 0) seen = nn.functional.pad(x, [0, 0, 0, 0, _shape.Reach, 0]);
        if (skipped > 0) seen = seen.narrow(2, skipped, seen.shape[2] - skipped);
        return GeneralConvolution.Apply(seen, weight, _shape, default, _isPlanar);
    }

    private Tensor NoFrames(Tensor x)
    {
        long Outputs(long size) => (size + _shape.Stride - 1) / _shape.Stride;
        return empty([x.shape[0], _shape.OutputWidth, 0, Outputs(x.shape[3]), Outputs(x.shape[4])], dtype: x.dtype, device: x.device);
    }
}
