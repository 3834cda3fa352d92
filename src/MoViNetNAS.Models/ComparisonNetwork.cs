using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>A network that MoViNets are compared with, built from its table: MobileNetV3 with or without TSM, X3D, ResNet3D-50.</summary>
/// <remarks>Stochastic depth, where it is asked for, drops blocks as in MoViNets: block n of N with rate * n / N.
/// Source of the tables: <see cref="ComparisonArchitectures"/>.</remarks>
public sealed class ComparisonNetwork : VideoNetwork
{
    private readonly ComparisonArchitecture _architecture;
    private readonly ModuleList<SqueezedConvolution> stem;
    private readonly ModuleList<ResidualBlock> blocks;
    private readonly SqueezedConvolution? tail;
    private readonly ComparisonHead head;

    /// <summary>Builds the network with fresh weights.</summary>
    /// <param name="design">Stem, blocks, end, and causality.</param>
    /// <param name="classes">Outputs, at least 1.</param>
    /// <param name="first">First weights: He normal, and norms of 1. There is no learned residual scale; where a block starts at its skip, that of
    /// <paramref name="first"/> is what its last norm starts at.</param>
    public ComparisonNetwork(ComparisonDesign design, int classes, FirstWeights first) : base(nameof(ComparisonNetwork), design, classes)
    {
        _architecture = design.Architecture;
        var random = first.Random;
        SqueezedConvolution Convolution(string layer, ConvolutionSpec spec, int inputWidth) =>
            new(new ConvolutionSite(layer, spec, inputWidth, InputSize: 0), design, random.Derive(layer));

        int width = InputShape.Channels;
        (stem, blocks) = ([], []);
        foreach (var spec in _architecture.Stem)
        {
            stem.Add(Convolution(ComparisonArchitecture.StemLayer(stem.Count), spec, width));
            width = spec.Width;
        }

        foreach (var spec in _architecture.Blocks)
        {
            blocks.Add(new ResidualBlock(blocks.Count, width, design, first.Derive("block", blocks.Count)));
            width = spec.Width;
        }

        if (_architecture.Tail is { } last) tail = Convolution(ComparisonArchitecture.TailLayer, last, width);
        head = new ComparisonHead(_architecture, classes, random.Derive("head"));
        RegisterComponents();
    }

    /// <inheritdoc/>
    protected override Tensor Walk(Tensor clip, ForwardMode mode, StreamState? state, bool isPerFrame, out StreamState? next)
    {
        var pass = new StreamPass(state);
        var x = clip.In(mode.Precision);
        foreach (var convolution in stem) x = convolution.Apply(x, mode.Norm, pass);
        if (_architecture.HasStemPool) x = MaxPool.Apply(x);
        for (int i = 0; i < blocks.Count; i++)
            x = blocks[i].Apply(x, mode, mode.StochasticDepthRate * (i + 1) / blocks.Count, pass);
        if (tail is not null) x = tail.Apply(x, mode.Norm, pass);
        var logits = head.Apply(x, mode, pass, isPerFrame);
        next = pass.Next(clip.shape[2]);
        return logits;
    }
}
