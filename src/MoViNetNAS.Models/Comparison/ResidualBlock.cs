using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>A residual block of a comparison network: shift, convolutions, skip, sum, activation, as its description has them.</summary>
internal sealed class ResidualBlock : nn.Module
{
    private readonly ResidualBlockSpec _spec;
    private readonly string _shift;
    private readonly bool _isCausal;
    private readonly ModuleList<SqueezedConvolution> convolutions;
    private readonly SqueezedConvolution? skip;

    /// <param name="index">Its place among the blocks.</param>
    /// <param name="inputWidth">Channels it takes.</param>
    /// <param name="design">The network it stands in.</param>
    /// <param name="first">First weights.</param>
    public ResidualBlock(int index, int inputWidth, ComparisonDesign design, FirstWeights first) : base(nameof(ResidualBlock))
    {
        _spec = design.Architecture.Blocks[index];
        (_shift, _isCausal) = (ComparisonArchitecture.ShiftLayer(index), design.IsCausal);
        int width = inputWidth;
        convolutions = [];
        for (int i = 0; i < _spec.Convolutions.Length; i++)
        {
            // Sizes are those of the clip: a module has none.
            var site = new ConvolutionSite(ComparisonArchitecture.BlockLayer(index, i), _spec.Convolutions[i], width, InputSize: 0);
            bool isLast = i == _spec.Convolutions.Length - 1;
            convolutions.Add(new SqueezedConvolution(
                site, design, first.Random.Derive("convolution", i), isLast && _spec.StartsAtSkip ? first.ResidualScale : 1));
            width = site.Spec.Width;
        }

        if (ComparisonArchitecture.Projection(_spec) is { } projection)
        {
            var site = new ConvolutionSite(ComparisonArchitecture.SkipLayer(index), projection, inputWidth, InputSize: 0);
            skip = new SqueezedConvolution(site, design, first.Random.Derive("skip"));
        }

        RegisterComponents();
    }

    /// <summary>[B, C, T, H, W] to [B, width, T, ceil(H/s), ceil(W/s)].</summary>
    /// <param name="x">The input.</param>
    /// <param name="mode">Statistics.</param>
    /// <param name="dropRate">Probability with which a sample's branch is dropped (stochastic depth), where there is a skip.</param>
    /// <param name="pass">What the stream carries.</param>
    public Tensor Apply(Tensor x, ForwardMode mode, double dropRate, StreamPass pass)
    {
        var y = x;
        if (_spec.HasTemporalShift)
        {
            y = TemporalShift.Apply(x, _isCausal, pass.Buffer(_shift), pass.IsStream, out var buffer);
            pass.Keep(_shift, buffer, null);
        }

        foreach (var convolution in convolutions) y = convolution.Apply(y, mode.Norm, pass);
        if (_spec.Skip != SkipType.None)
        {
            if (dropRate > 0) y = y * Bottleneck.Keep(x.shape[0], dropRate, mode.Random!).to(x.device).For(y);
            y = y.Plus(skip is null ? x : skip.Apply(x, mode.Norm, pass));
        }

        return _spec.ActivationAfterSum.Apply(y);
    }
}
