using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Output;

/// <summary>A line of the table of an architecture; stages are named as the decisions of a space are.</summary>
internal sealed record StageRow(
    string Stage, string? Kernel, int? Expansion, int Width, bool? SqueezeExcite, int Stride, int OutputSize, long Macs, long Parameters)
{
    public static IReadOnlyList<StageRow> Of(ChosenNetwork network)
    {
        var (architecture, resolution) = (network.Architecture, network.Input.Resolution);
        var costs = CostModel.Rows(architecture, network.Variant, network.Classes, network.Input)
            .GroupBy(row => row.Layer)
            .ToDictionary(layer => layer.Key, layer => (Macs: layer.Sum(row => row.Macs), Parameters: layer.Sum(row => row.Parameters)));
        StageRow Row(string layer, string stage, string? kernel, int? expansion, int width, bool? se, int stride, int size) =>
            new(stage, kernel, expansion, width, se, stride, size, costs[layer].Macs, costs[layer].Parameters);

        LayerSite[] sites = [.. architecture.Sites(resolution)];
        return
        [
            Row("stem", "stem", "1x3x3", null, architecture.StemWidth, null, 2, sites[0].InputSize),
            .. sites.Select(site => Row(
                site.Name, $"block{site.Block + 2}/layer{site.Layer + 1}", $"{site.Spec.Kernel}", site.Spec.Expansion, site.OutputWidth,
                site.Spec.HasSqueezeExcite, site.Stride, site.OutputSize)),
            Row("head", "head", "1x1x1", null, architecture.HeadWidth, null, 1, sites[^1].OutputSize),
            Row("classifier", "classifier", null, architecture.DenseWidth, network.Classes, null, 1, 1),
        ];
    }
}
