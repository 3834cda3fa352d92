using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>A convolution over space and time with norm and activation, in one piece or split into space and then time.</summary>
/// <remarks>In the split forms both parts have a norm of their own and the same activation, and the stream buffer lies between them, where
/// frames are small. Source: MoViNets (arXiv 2103.11511), section 3.2; official code, ConvBlock and StreamConvBlock.</remarks>
internal sealed class ConvolutionBlock : nn.Module
{
    private readonly ActivationType? _activation;
    private readonly SpaceTimeConvolution convolution;
    private readonly Norm? norm;
    private readonly SpaceTimeConvolution? temporal;
    private readonly Norm? temporalNorm;

    /// <param name="shape">Widths, kernel, strides.</param>
    /// <param name="activation">After each norm; null for none.</param>
    /// <param name="random">First weights.</param>
    /// <param name="form">In one piece or split; a kernel of one frame has nothing to split.</param>
    /// <param name="hasNorm">Whether batch norms follow.</param>
    /// <param name="hasBias">Whether convolutions have a bias.</param>
    /// <param name="epsilon">Of the norms.</param>
    /// <param name="lastScale">First value of the last norm's scale.</param>
    public ConvolutionBlock(
        ConvolutionShape shape, ActivationType? activation, RandomStream random, ConvolutionType form = ConvolutionType.Full3d,
        bool hasNorm = true, bool hasBias = false, double epsilon = Norm.Epsilon, double lastScale = 1) : base(nameof(ConvolutionBlock))
    {
        _activation = activation;
        bool isPlanar = form == ConvolutionType.Split2plus1d;
        bool isSplit = form != ConvolutionType.Full3d && shape.Kernel.Temporal > 1;
        convolution = new SpaceTimeConvolution(isSplit ? shape.SpatialPart : shape, random.Derive("convolution"), hasBias, isPlanar);
        if (hasNorm) norm = new Norm(shape.OutputWidth, hasRunningAverages: true, epsilon: epsilon, firstScale: isSplit ? 1 : lastScale);
        if (isSplit)
        {
            temporal = new SpaceTimeConvolution(shape.TemporalPart, random.Derive("temporal"), hasBias, isPlanar);
            if (hasNorm) temporalNorm = new Norm(shape.OutputWidth, hasRunningAverages: true, epsilon: epsilon, firstScale: lastScale);
        }

        RegisterComponents();
    }

    /// <summary>[B, C, T, H, W] to [B, N, T', ceil(H/s), ceil(W/s)].</summary>
    /// <param name="x">The input.</param>
    /// <param name="mode">Statistics.</param>
    /// <param name="buffer">The frames that the temporal kernel saw before; null at the start of a clip (zeros).</param>
    /// <param name="framesBefore">Frames before x.</param>
    /// <param name="wantsNext">Whether the caller streams.</param>
    /// <param name="next">When asked for, the buffer after x, detached; null where nothing is carried.</param>
    public Tensor Apply(Tensor x, NormMode mode, Tensor? buffer, long framesBefore, bool wantsNext, out Tensor? next)
    {
        if (temporal is null) return Convolve(convolution, norm, x, mode, buffer, framesBefore, wantsNext, out next);
        var spatial = Convolve(convolution, norm, x, mode, null, framesBefore, wantsNext, out _);
        return Convolve(temporal, temporalNorm, spatial, mode, buffer, framesBefore, wantsNext, out next);
    }

    private Tensor Convolve(
        SpaceTimeConvolution part, Norm? after, Tensor x, NormMode mode, Tensor? buffer, long framesBefore, bool wantsNext, out Tensor? next)
    {
        if (after is not null && mode == NormMode.Evaluation && !is_grad_enabled()
            && part.ApplyFused(x, after.Folded(), _activation, buffer, wantsNext, out next) is { } fused)
        {
            return fused;
        }

        var y = part.Apply(x, buffer, framesBefore, wantsNext, out next);
        if (y.numel() == 0) return y; // no frame of the temporal stride, nothing to normalise
        if (after is null) return _activation.Apply(y);
        return after.Apply(LibtorchPath.Takes(y) ? y : ChannelsLast.Ensure(y), _activation, mode);
    }
}
