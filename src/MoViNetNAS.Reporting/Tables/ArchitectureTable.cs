using MoViNetNAS.Spaces;

namespace MoViNetNAS.Reporting;

/// <summary>An architecture layer by layer, as the tables of the MoViNet paper have it.</summary>
/// <remarks>Source: MoViNets (arXiv 2103.11511), table 2 and appendix: stage, kernel, base and expanded width, output size.</remarks>
public static class ArchitectureTable
{
    private static readonly TableColumn<Layer>[] Columns =
    [
        new("stage", "stage", row => row.Stage, IsNumber: false),
        new("layer", "layer", row => row.Name, IsNumber: false),
        new("kernel", "kernel", row => row.Kernel, IsNumber: false),
        new("width", "width", row => TableCell.Count(row.Width)),
        new("expanded", "expandedWidth", row => TableCell.Count(row.Expanded)),
        new("SE", "squeezeExcite", row => row.HasSqueezeExcite switch { true => "yes", false => "no", null => "" }, IsNumber: false),
        new("output (frames × size)", "output", row => row.Size == 0 ? "1" : $"{row.Frames} × {row.Size}²", IsNumber: false),
        new("MACs", "macs", row => TableCell.Short(row.Macs)),
        new("parameters", "trainableParameters", row => TableCell.Count(row.Parameters)),
    ];

    /// <summary>One row for the stem, each bottleneck layer, the head and the classifier; SE says what is built, after the variant's switches.</summary>
    /// <param name="design">The network.</param>
    /// <param name="input">Frames and resolution.</param>
    /// <param name="classes">Outputs of the classifier.</param>
    public static TextTable Of(MoViNetDesign design, InputShape input, int classes)
    {
        var architecture = design.Architecture;
        var costs = design.CostRows(classes, input).GroupBy(row => row.Layer)
            .ToDictionary(layer => layer.Key, layer => (Macs: layer.Sum(row => row.Macs), Parameters: layer.Sum(row => row.Parameters)));
        Layer Row(string cost, string stage, string name, string kernel, int width, int? expanded, bool? se, int frames, int size) =>
            new(stage, name, kernel, width, expanded, se, frames, size, costs[cost].Macs, costs[cost].Parameters);
        LayerSite[] sites = [.. architecture.Sites(input.Resolution)];
        return TextTable.Of(
        [
            Row("stem", "stem", "", "1x3x3", architecture.StemWidth, null, null, input.Frames, (input.Resolution + 1) / 2),
            .. sites.Select(site => Row(
                site.Name, $"block {site.Block + 2}", $"{site.Layer + 1}{(site.Stride > 1 ? ", stride 2" : "")}", $"{site.Spec.Kernel}",
                site.OutputWidth, site.Spec.Expansion, design.Variant.HasSqueezeExcite(site.Spec), input.Frames, site.OutputSize)),
            Row("head", "head", "conv, pool", "1x1x1", architecture.HeadWidth, null, null, 0, 0),
            Row("classifier", "classifier", "dense, dense", "1x1x1", classes, architecture.DenseWidth, null, 0, 0),
        ], Columns);
    }

    private sealed record Layer(
        string Stage, string Name, string Kernel, int Width, int? Expanded, bool? HasSqueezeExcite, int Frames, int Size, long Macs, long Parameters);
}
