using MoViNetNAS.Spaces;
using DataType = MoViNetNAS.Models.Onnx.Format.TensorProto.Types.DataType;

namespace MoViNetNAS.Models.Onnx;

/// <summary>Writes the end of a network: projection, means over space and time where the variant wants them, hidden layer, classifier.</summary>
internal static class HeadWriter
{
    /// <summary>[N, C, H, W] to logits [B, classes].</summary>
    public static OnnxValue Write(GraphPass pass, OnnxValue x)
    {
        var graph = pass.Graph;
        var features = pass.Activate("head_project", pass.Pointwise("head_project", x, "network.head.project", "network.head.norm"));
        switch (pass.Variant.HeadPooling)
        {
            case HeadPooling.Pool3d:
                return Logits(pass, MeanSoFar(pass, "head", graph.SpatialMean("head_mean", features)));
            case HeadPooling.Pool2d:
                return MeanSoFar(pass, "head", Logits(pass, graph.SpatialMean("head_mean", features)));
            case HeadPooling.None:
                return MeanSoFar(pass, "head", OfCells(pass, features));
            case HeadPooling.TemporalSoftmax:
                return Weighed(pass, Logits(pass, graph.SpatialMean("head_mean", features)));
            default:
                throw new ArgumentOutOfRangeException(nameof(pass), pass.Variant.HeadPooling, "not a pooling");
        }
    }

    private static OnnxValue Logits(GraphPass pass, OnnxValue rows)
    {
        var hidden = pass.Graph.Dense("head_dense", rows, pass.Weights.DenseArrays("network.head.dense"));
        hidden = pass.Graph.Activation("head_dense", hidden, pass.Variant.ClassifierActivation);
        return pass.Graph.Dense("head_classifier", hidden, pass.Weights.DenseArrays("network.head.classifier"));
    }

    // Every cell of every frame has logits of its own; [N, classes] of their means.
    private static OnnxValue OfCells(GraphPass pass, OnnxValue features)
    {
        var (graph, axes) = (pass.Graph, pass.Axes);
        long cells = features.Shape[2].Size!.Value * features.Shape[3].Size!.Value;
        var last = graph.Transpose("head_cells", features, 0, 2, 3, 1);
        var all = axes.Images.Size is { } images ? images * cells : OnnxDim.Named("cells");
        var logits = Logits(pass, axes.Reshape("head_cell_rows", last, all, features.Shape[1]));
        return graph.Reduce(isMean: true, "head_cell_mean", axes.Reshape("head_cell_logits", logits, axes.Images, cells, logits.Shape[1]), 1, isKept: false);
    }

    // [N, C] to the mean over all frames so far, [B, C].
    private static OnnxValue MeanSoFar(GraphPass pass, string name, OnnxValue rows)
    {
        var graph = pass.Graph;
        var sum = pass.Precise($"{name}_rows", rows);
        if (!pass.Axes.IsOneFrame) sum = graph.Reduce(isMean: false, $"{name}_clip_sum", pass.Axes.Timed($"{name}_timed", sum), 1, isKept: false);
        if (pass.Ports is { } ports)
        {
            sum = graph.Arithmetic("Add", $"{name}_sum", sum, ports.Before(StreamStateShape.Head, StreamStateKind.PoolSum));
            ports.After(StreamStateShape.Head, StreamStateKind.PoolSum, sum);
        }

        return pass.Typed(name, graph.Arithmetic("Div", $"{name}_so_far", sum, pass.Numbers.All));
    }

    // A class's logits of all frames, weighed by their softmax over time.
    private static OnnxValue Weighed(GraphPass pass, OnnxValue rows)
    {
        var (graph, axes) = (pass.Graph, pass.Axes);
        var frames = pass.Precise("head_frames", axes.Timed("head_timed", rows));
        var count = axes.Frames.Size is { } known
            ? graph.Numbers("head_frame_count", [known], DataType.Float)
            : graph.Cast("head_frame_count", axes.FramesVector(), DataType.Float);
        var scaled = graph.Arithmetic("Div", "head_scaled", frames, graph.Add("Sqrt", "head_root", count.Shape, [count]));
        var weights = graph.Add("Softmax", "head_weights", scaled.Shape, [scaled], [OnnxOperators.Whole("axis", 1)]);
        return pass.Typed("head", graph.Reduce(isMean: false, "head_weighed", graph.Arithmetic("Mul", "head_product", frames, weights), 1, isKept: false));
    }
}
