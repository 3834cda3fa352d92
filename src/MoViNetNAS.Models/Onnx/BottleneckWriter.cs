using MoViNetNAS.Spaces;

namespace MoViNetNAS.Models.Onnx;

/// <summary>Writes a layer of a block: expand, depthwise, squeeze-excite, project with the residual's factor, skip.</summary>
internal static class BottleneckWriter
{
    /// <summary>[N, C, H, W] to [N, outputWidth, ceil(H/s), ceil(W/s)].</summary>
    public static OnnxValue Write(GraphPass pass, LayerSite site, OnnxValue x)
    {
        string parameter = $"network.layers.{site.Ordinal - 1}";
        var h = pass.Activate($"{site.Name}_expand", pass.Pointwise($"{site.Name}_expand", x, $"{parameter}.expand", $"{parameter}.expandNorm"));
        h = DepthwiseWriter.Write(pass, site, $"{parameter}.branches.0", h);
        if (pass.Variant.HasSqueezeExcite(site.Spec)) h = SqueezeExciteWriter.Write(pass, site, $"{parameter}.squeezeExcite", h);
        h = pass.Pointwise(
            $"{site.Name}_project", h, $"{parameter}.project", $"{parameter}.projectNorm", pass.Weights.Single($"{parameter}.residualScale"));
        var identity = x;
        if (site.HasProjectedSkip)
        {
            if (site.Stride > 1) identity = pass.Graph.AveragePool($"{site.Name}_pool", x, site.InputSize, site.OutputSize);
            identity = pass.Pointwise($"{site.Name}_skip", identity, $"{parameter}.skip.project", $"{parameter}.skip.norm");
        }

        return pass.Graph.Arithmetic("Add", site.Name, identity, h);
    }
}
