using MoViNetNAS.Spaces;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>A stand-alone network of the family, for whole clips or, when causal, for streams.</summary>
/// <remarks>Source: MoViNets (arXiv 2103.11511); numbers follow the official code where paper and code differ.</remarks>
public sealed class MoViNet : VideoNetwork
{
    private readonly SubnetPath _path;
    private readonly Network network;

    /// <summary>Builds the network with fresh weights.</summary>
    /// <param name="architecture">Widths, kernels, strides.</param>
    /// <param name="variant">How layers are built.</param>
    /// <param name="classes">Outputs, at least 1.</param>
    /// <param name="first">First weights.</param>
    public MoViNet(Architecture architecture, NetworkVariant variant, int classes, FirstWeights first)
        : base(nameof(MoViNet), new MoViNetDesign(architecture, variant), classes)
    {
        (Architecture, Variant) = (architecture, variant);
        _path = SubnetPath.Of(architecture);
        var shapes = architecture.Sites().Select(site => new BottleneckShape(
            site.InputWidth, site.Spec.Expansion, site.OutputWidth, [site.Spec.Kernel], variant.HasSqueezeExcite(site.Spec), site.HasProjectedSkip));
        network = new Network(architecture, [.. shapes], variant, classes, hasRunningAverages: true, first);
        RegisterComponents();
    }

    /// <summary>The widths, kernels and strides it was built from.</summary>
    public Architecture Architecture { get; }

    /// <summary>How its layers are built.</summary>
    public NetworkVariant Variant { get; }

    internal Network Network => network;

    /// <inheritdoc/>
    protected override Tensor Walk(Tensor clip, ForwardMode mode, StreamState? state, bool isPerFrame, out StreamState? next) =>
        network.Walk(clip, _path, mode, state, isPerFrame, out next);
}
