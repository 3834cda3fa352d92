using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>A convolution of a comparison network with norm, activation and, where its description has it, squeeze-excite.</summary>
internal sealed class SqueezedConvolution : nn.Module
{
    private readonly ConvolutionSite _site;
    private readonly ActivationType? _lastActivation;
    private readonly ConvolutionBlock convolution;
    private readonly SqueezeExcite? squeezeExcite;

    /// <param name="site">Kernel and widths.</param>
    /// <param name="design">Causality, and what squeeze-excite pools over.</param>
    /// <param name="random">First weights.</param>
    /// <param name="normScale">First value of the norm's scale.</param>
    public SqueezedConvolution(ConvolutionSite site, ComparisonDesign design, RandomStream random, double normScale = 1) : base(nameof(SqueezedConvolution))
    {
        _site = site;
        var spec = site.Spec;
        bool isLate = spec.SqueezeExcite is { IsBeforeActivation: true };
        _lastActivation = isLate ? spec.Activation : null;
        convolution = new ConvolutionBlock(
            new ConvolutionShape(
                site.InputWidth, spec.Width, spec.Kernel, spec.Stride, IsDepthwise: spec.IsDepthwise, IsCausal: design.IsCausal),
            isLate ? null : spec.Activation, random, hasNorm: spec.HasNorm, lastScale: normScale);
        if (spec.SqueezeExcite is { } squeeze)
        {
            var variant = new NetworkVariant(
                design.VariantName, design.IsCausal, ConvolutionType.Full3d, design.Architecture.SqueezeExcite, squeeze.Activation, squeeze.Gate);
            squeezeExcite = new SqueezeExcite(spec.Width, variant, random.Derive("se"), squeeze.Hidden);
        }

        RegisterComponents();
    }

    /// <summary>[B, C, T, H, W] to [B, width, T, ceil(H/s), ceil(W/s)].</summary>
    public Tensor Apply(Tensor x, NormMode mode, StreamPass pass)
    {
        Tensor? sum = null;
        var y = convolution.Apply(x, mode, pass.Buffer(_site.Layer), pass.FramesBefore, pass.IsStream, out var buffer);
        if (squeezeExcite is not null) y = squeezeExcite.Apply(y, pass.Sum(_site.Layer), pass.FramesBefore, pass.IsStream, out sum);
        pass.Keep(_site.Layer, buffer, sum);
        return _lastActivation is { } activation ? activation.Apply(y) : y;
    }
}
