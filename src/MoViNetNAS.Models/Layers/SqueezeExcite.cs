using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>Squeeze-excite: channels are weighed by a small network that sees their means over space and time.</summary>
/// <remarks>Causal networks see the mean over the frames so far (the cumulative pool of MoViNets section 3.2); with
/// <see cref="SqueezeExciteType.Pool2plus3d"/> the mean of each frame stands beside it, the pool over time first; with
/// <see cref="SqueezeExciteType.Pool2d"/> it stands alone.</remarks>
internal sealed class SqueezeExcite : nn.Module
{
    private readonly NetworkVariant _variant;
    private readonly int? _hidden;
    private readonly Pointwise reduce;
    private readonly Pointwise expand;
    private readonly Parameter? positionScale;

    /// <param name="width">Channels.</param>
    /// <param name="variant">What it pools over, its activation and its gate.</param>
    /// <param name="random">First weights.</param>
    /// <param name="hiddenWidth">Hidden channels; those of the variant, which follow the width, when null.</param>
    public SqueezeExcite(int width, NetworkVariant variant, RandomStream random, int? hiddenWidth = null) : base(nameof(SqueezeExcite))
    {
        (_variant, _hidden) = (variant, hiddenWidth);
        int hidden = hiddenWidth ?? variant.SqueezeExciteHidden(width);
        reduce = new Pointwise(variant.SqueezeExciteInput(width), hidden, random.Derive("reduce"), hasBias: true);
        expand = new Pointwise(hidden, width, random.Derive("expand"), hasBias: true);
        if (variant.HasPositionalEncoding) positionScale = Initialization.Constant(0);
        RegisterComponents();
    }

    /// <summary>[B, C, T, H, W] to the same shape.</summary>
    /// <param name="x">Activations of the depthwise convolution.</param>
    /// <param name="pool">Sum of the spatial means of all frames before x, [B, C]; null at the start.</param>
    /// <param name="framesBefore">How many frames were before x.</param>
    /// <param name="wantsNext">Whether the caller streams.</param>
    /// <param name="next">When asked for, the sum after x, detached.</param>
    public Tensor Apply(Tensor x, Tensor? pool, long framesBefore, bool wantsNext, out Tensor? next)
    {
        next = null;
        long batch = x.shape[0], width = x.shape[1], frames = x.shape[2];
        var spatial = SpatialMean.Apply(x); // [B, T, C]
        Tensor pooled;
        if (!_variant.PoolsOverTime)
        {
            pooled = spatial.alias();
        }
        else if (_variant.HasCausalSqueezeExcite)
        {
            var sums = spatial.cumsum(1);
            if (pool is not null) sums = sums.Plus(pool.unsqueeze(1));
            if (wantsNext) next = sums.select(1, frames - 1).detach().clone();
            pooled = sums / FrameCounts.Of(framesBefore, frames, x.device);
        }
        else
        {
            pooled = spatial.mean([1], keepdim: true); // [B, 1, C]
        }

        if (_variant.SqueezeExcite == SqueezeExciteType.Pool2plus3d)
            pooled = cat([pooled.expand(batch, frames, width), spatial], 2);
        if (positionScale is not null)
            pooled = pooled.Plus(positionScale * PositionalEncoding.Of(framesBefore, frames, pooled.shape[2]).to(x.device));

        long hidden = _hidden ?? _variant.SqueezeExciteHidden((int)width);
        int parts = _variant.SqueezeExcite == SqueezeExciteType.Pool2plus3d ? 2 : 1;
        var h = _variant.Activation.Apply(reduce.GroupedRows(pooled, hidden, parts));
        var gate = _variant.Gate.Apply(expand.Rows(h, width)); // [B, T or 1, C]
        return x * gate.For(x).transpose(1, 2).unsqueeze(-1).unsqueeze(-1);
    }
}
