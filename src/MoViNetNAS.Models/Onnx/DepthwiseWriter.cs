using MoViNetNAS.Spaces;

namespace MoViNetNAS.Models.Onnx;

/// <summary>Writes a depthwise convolution over space and time, whole or split, with norm, activation and stream buffer.</summary>
internal static class DepthwiseWriter
{
    /// <summary>[N, C, H, W] to [N, C, ceil(H/s), ceil(W/s)].</summary>
    public static OnnxValue Write(GraphPass pass, LayerSite site, string branch, OnnxValue x)
    {
        var kernel = site.Spec.Kernel;
        string name = $"{site.Name}_depthwise";
        if (!pass.Variant.IsSplit && kernel.Temporal > 1)
            return SpaceTime(pass, site, name, x, pass.Weights.Arrays($"{branch}.weight", $"{branch}.norm"));

        var spatial = Spatial(pass, site, name, x, pass.Weights.Arrays($"{branch}.weight", $"{branch}.norm"));
        return kernel.Temporal == 1
            ? spatial
            : Temporal(pass, site, $"{site.Name}_temporal", spatial, pass.Weights.Arrays($"{branch}.temporalWeight", $"{branch}.temporalNorm"));
    }

    private static OnnxValue Spatial(GraphPass pass, LayerSite site, string name, OnnxValue x, FoldedArrays folded)
    {
        int size = site.Spec.Kernel.Spatial, stride = site.Stride;
        var pad = SamePadding.Of(site.InputSize, size, stride);
        var y = pass.Graph.Convolution(
            name, x, folded, [size, size], [stride, stride], [pad.Before, pad.Before, pad.After, pad.After], [site.OutputSize, site.OutputSize], isDepthwise: true);
        return pass.Activate(name, y);
    }

    // Over time alone: frames are the rows of a 2-D convolution, and all cells of a frame its columns.
    private static OnnxValue Temporal(GraphPass pass, LayerSite site, string name, OnnxValue x, FoldedArrays folded)
    {
        int frames = site.Spec.Kernel.Temporal;
        var inside = pass.Axes.TimeInside($"{name}_in", x, isFlat: true);
        var (seen, before, after) = WithBuffer(pass, site, name, inside);
        var y = pass.Graph.Convolution(
            name, seen, folded, [frames, 1], [1, 1], [before, 0, after, 0], [inside.Shape[2], inside.Shape[3]], isDepthwise: true);
        return pass.Activate(name, pass.Axes.TimeOutside($"{name}_out", y, site.OutputSize, site.OutputSize));
    }

    private static OnnxValue SpaceTime(GraphPass pass, LayerSite site, string name, OnnxValue x, FoldedArrays folded)
    {
        var kernel = site.Spec.Kernel;
        if (kernel.Spatial == 1 && site.Stride == 1) return Temporal(pass, site, name, x, folded);
        var inside = pass.Axes.TimeInside($"{name}_in", x, isFlat: false);
        var (seen, before, after) = WithBuffer(pass, site, name, inside);
        var pad = SamePadding.Of(site.InputSize, kernel.Spatial, site.Stride);
        var y = pass.Graph.Convolution(
            name, seen, folded, [kernel.Temporal, kernel.Spatial, kernel.Spatial], [1, site.Stride, site.Stride],
            [before, pad.Before, pad.Before, after, pad.After, pad.After], [inside.Shape[2], site.OutputSize, site.OutputSize], isDepthwise: true);
        return pass.Activate(name, pass.Axes.TimeOutside($"{name}_out", y, site.OutputSize, site.OutputSize));
    }

    // The frames that the kernel sees, [B, C, T', cells], and how many of zeros it sees besides, before and after.
    private static (OnnxValue Seen, long Before, long After) WithBuffer(GraphPass pass, LayerSite site, string name, OnnxValue x)
    {
        long reach = site.Spec.Kernel.Temporal - 1;
        if (!pass.Variant.IsCausal) return (x, reach / 2, reach - reach / 2); // kernels are odd
        if (pass.Ports is not { } ports) return (x, reach, 0);
        var graph = pass.Graph;
        var buffer = graph.Cast($"{name}_buffer", ports.Before(site.Name, StreamStateKind.StreamBuffer), graph.Arithmetic);
        bool isFlat = x.Shape.Count == 4;
        if (!isFlat) buffer = pass.Axes.Reshape($"{name}_buffer_frames", buffer, pass.Axes.Batch, x.Shape[1], reach, x.Shape[3], x.Shape[4]);
        var seen = graph.Concat($"{name}_seen", 2, pass.Axes.FramesAnd(reach), buffer, x);
        var next = graph.Last($"{name}_kept", seen, 2, reach);
        if (!isFlat) next = pass.Axes.Reshape($"{name}_kept_flat", next, pass.Axes.Batch, x.Shape[1], reach, x.Shape[3].Size!.Value * x.Shape[4].Size!.Value);
        ports.After(site.Name, StreamStateKind.StreamBuffer, pass.Precise($"{name}_kept", next));
        return (seen, 0, 0);
    }
}
