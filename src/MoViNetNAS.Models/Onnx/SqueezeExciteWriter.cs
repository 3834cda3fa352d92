using MoViNetNAS.Spaces;

namespace MoViNetNAS.Models.Onnx;

/// <summary>Writes squeeze-excite: means over space, and over all frames so far, weigh the channels.</summary>
internal static class SqueezeExciteWriter
{
    /// <summary>[N, C, H, W] to the same shape.</summary>
    public static OnnxValue Write(GraphPass pass, LayerSite site, string parameter, OnnxValue x)
    {
        var graph = pass.Graph;
        string name = $"{site.Name}_se";
        var variant = pass.Variant;
        var channels = x.Shape[1];
        var spatial = graph.SpatialMean($"{name}_mean", x); // [N, C]
        bool isOfClip = variant.PoolsOverTime && !variant.HasCausalSqueezeExcite && !pass.Axes.IsOneFrame;
        // One row for a clip, unless something differs from frame to frame.
        bool isOneRow = isOfClip && variant.SqueezeExcite == SqueezeExciteType.Pool3d && !variant.HasPositionalEncoding;
        OnnxValue rows = spatial;
        if (isOfClip)
        {
            var mean = graph.Reduce(isMean: true, $"{name}_clip", pass.Axes.Timed($"{name}_timed", spatial), 1, isKept: !isOneRow);
            rows = isOneRow ? mean : pass.Axes.Rows($"{name}_clip_rows", pass.Axes.Expand($"{name}_clip_frames", mean, pass.Axes.Batch, pass.Axes.Frames, channels));
        }
        else if (variant.PoolsOverTime)
        {
            rows = SoFar(pass, site, name, spatial);
        }

        if (variant.SqueezeExcite == SqueezeExciteType.Pool2plus3d)
            rows = graph.Concat($"{name}_both", 1, 2 * channels.Size!.Value, rows, spatial);
        if (variant.HasPositionalEncoding) rows = Encoded(pass, name, parameter, rows);

        var hidden = pass.Activate($"{name}_reduce", graph.Dense($"{name}_reduce", rows, pass.Weights.DenseArrays($"{parameter}.reduce")));
        var gate = graph.Gate($"{name}_gate", graph.Dense($"{name}_expand", hidden, pass.Weights.DenseArrays($"{parameter}.expand")), variant.Gate);
        if (isOneRow)
        {
            var timed = pass.Axes.Expand(
                $"{name}_gate_frames", pass.Axes.Reshape($"{name}_gate_clip", gate, pass.Axes.Batch, 1, channels), pass.Axes.Batch, pass.Axes.Frames, channels);
            gate = pass.Axes.Rows($"{name}_gate_rows", timed);
        }

        return graph.Arithmetic("Mul", name, x, pass.Axes.Reshape($"{name}_factors", gate, pass.Axes.Images, channels, 1, 1));
    }

    // The mean over the frames so far, [N, C]; the sum goes on to the next step.
    private static OnnxValue SoFar(GraphPass pass, LayerSite site, string name, OnnxValue spatial)
    {
        var (graph, axes) = (pass.Graph, pass.Axes);
        var channels = spatial.Shape[1];
        var rows = pass.Precise($"{name}_mean", spatial);
        if (axes.IsOneFrame)
        {
            if (pass.Ports is not { } ports) return spatial; // the first frame is its own mean
            var sum = graph.Arithmetic("Add", $"{name}_sum", rows, ports.Before(site.Name, StreamStateKind.PoolSum));
            ports.After(site.Name, StreamStateKind.PoolSum, sum);
            return pass.Typed(name, graph.Arithmetic("Div", $"{name}_so_far", sum, pass.Numbers.Each));
        }

        var sums = graph.CumulativeSum($"{name}_sums", axes.Timed($"{name}_timed", rows), 1);
        if (pass.Ports is { } carried)
        {
            var before = axes.Reshape($"{name}_sum_before", carried.Before(site.Name, StreamStateKind.PoolSum), axes.Batch, 1, channels);
            sums = graph.Arithmetic("Add", $"{name}_all_sums", sums, before);
            carried.After(site.Name, StreamStateKind.PoolSum, axes.Reshape($"{name}_sum", graph.Last($"{name}_last_sum", sums, 1, 1), axes.Batch, channels));
        }

        return pass.Typed(name, axes.Rows($"{name}_so_far", graph.Arithmetic("Div", $"{name}_so_far_timed", sums, pass.Numbers.Each)));
    }

    private static OnnxValue Encoded(GraphPass pass, string name, string parameter, OnnxValue rows)
    {
        var (graph, axes) = (pass.Graph, pass.Axes);
        var encoding = pass.Typed($"{name}_encoding", pass.Numbers.Encoding(rows.Shape[1].Size!.Value));
        var share = graph.Arithmetic("Mul", $"{name}_encoding_share", encoding, graph.Weights($"{name}_encoding_scale", [pass.Weights.Single($"{parameter}.positionScale")]));
        if (axes.IsOneFrame) return graph.Arithmetic("Add", $"{name}_encoded", rows, share);
        return axes.Rows($"{name}_encoded", graph.Arithmetic("Add", $"{name}_encoded_timed", axes.Timed($"{name}_to_encode", rows), share));
    }
}
