using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Models;

/// <summary>The packed weights of a bottleneck layer.</summary>
internal sealed class CompiledLayer : IDisposable
{
    public CompiledLayer(LayerSite site, NetworkVariant variant, FoldedWeights weights)
    {
        string prefix = $"network.layers.{site.Ordinal - 1}", branch = $"{prefix}.branches.0";
        var activation = Epilogues.Of(variant.Activation);
        var kernel = site.Spec.Kernel;
        bool isSplit = variant.IsSplit;
        Expand = weights.Pointwise($"{prefix}.expand", $"{prefix}.expandNorm", activation);
        Depthwise = weights.Depthwise($"{branch}.weight", $"{branch}.norm", isSplit ? kernel with { Temporal = 1 } : kernel, variant.Activation);
        if (isSplit && kernel.Temporal > 1)
        {
            Temporal = weights.Depthwise(
                $"{branch}.temporalWeight", $"{branch}.temporalNorm", kernel with { Spatial = 1 }, variant.Activation);
        }

        if (variant.HasSqueezeExcite(site.Spec))
        {
            Reduce = weights.Dense($"{prefix}.squeezeExcite.reduce", activation);
            Gate = weights.Dense($"{prefix}.squeezeExcite.expand", Epilogues.Of(variant.Gate));
            if (variant.HasPositionalEncoding) PositionScale = weights.Single($"{prefix}.squeezeExcite.positionScale");
        }

        Project = weights.Pointwise(
            $"{prefix}.project", $"{prefix}.projectNorm", Epilogue.None, weights.Single($"{prefix}.residualScale"));
        if (site.HasProjectedSkip) Skip = weights.Pointwise($"{prefix}.skip.project", $"{prefix}.skip.norm", Epilogue.None);
    }

    public PackedMatrix Expand { get; }

    /// <summary>The whole kernel, or the spatial one of the split form.</summary>
    public PackedDepthwise Depthwise { get; }

    public PackedDepthwise? Temporal { get; }

    /// <summary>The first matrix of squeeze-excite; null without.</summary>
    public PackedMatrix? Reduce { get; }

    /// <summary>Its second.</summary>
    public PackedMatrix? Gate { get; }

    /// <summary>The learned share of the positional encoding; null without.</summary>
    public float? PositionScale { get; }

    public PackedMatrix Project { get; }

    public PackedMatrix? Skip { get; }

    public long Bytes => (Expand.Bytes + Project.Bytes + Depthwise.Bytes)
        + (Temporal?.Bytes ?? 0) + (Reduce?.Bytes ?? 0) + (Gate?.Bytes ?? 0) + (Skip?.Bytes ?? 0);

    public void Dispose()
    {
        foreach (IDisposable? part in new IDisposable?[] { Expand, Depthwise, Temporal, Reduce, Gate, Project, Skip }) part?.Dispose();
    }
}
