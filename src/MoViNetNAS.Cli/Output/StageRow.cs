using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Output;

/// <summary>A line of the table of a network, as the paper's tables of architectures have them; stages are named as the decisions of a space are.</summary>
/// <param name="Stage">"stem", "block2/layer1", "head", "classifier".</param>
/// <param name="Operation">What is done: "conv", "bottleneck, se".</param>
/// <param name="Kernel">Frames x rows x columns.</param>
/// <param name="Expansion">Channels within a bottleneck.</param>
/// <param name="Width">Channels going out.</param>
/// <param name="SqueezeExcite">Whether a bottleneck has squeeze-excite; null elsewhere.</param>
/// <param name="Stride">Spatial stride.</param>
/// <param name="OutputFrames">Frames going out, for a whole clip.</param>
/// <param name="OutputSize">Rows and columns going out.</param>
/// <param name="Macs">Multiply-adds of a whole clip.</param>
/// <param name="Parameters">Trainable parameters.</param>
/// <param name="StateBytes">What one stream carries for it.</param>
internal sealed record StageRow(
    string Stage, string Operation, string? Kernel, int? Expansion, int Width, bool? SqueezeExcite, int Stride, int OutputFrames, int OutputSize,
    long Macs, long Parameters, long StateBytes)
{
    public static IReadOnlyList<StageRow> Of(ChosenNetwork network) => network.Design switch
    {
        MoViNetDesign moViNet => OfMoViNet(network, moViNet),
        ComparisonDesign comparison => OfComparison(network, comparison.Architecture),
        _ => throw new ArgumentOutOfRangeException(nameof(network), network.Design, "no table is made of such a design"),
    };

    private static StageRow[] OfMoViNet(ChosenNetwork network, MoViNetDesign design)
    {
        var (architecture, variant, input) = (design.Architecture, design.Variant, network.Input);
        var costs = LayerCosts.Of(network);
        StageRow Row(string layer, string stage, string operation, string? kernel, int? expansion, int width, bool? se, int stride, int frames, int size)
        {
            var (macs, parameters, state) = costs[layer];
            return new(stage, operation, kernel, expansion, width, se, stride, frames, size, macs, parameters, state);
        }

        LayerSite[] sites = [.. architecture.Sites(input.Resolution)];
        return
        [
            Row("stem", "stem", "conv", "1x3x3", null, architecture.StemWidth, null, 2, input.Frames, sites[0].InputSize),
            .. sites.Select(site => Row(
                site.Name, $"block{site.Block + 2}/layer{site.Layer + 1}", variant.HasSqueezeExcite(site.Spec) ? "bottleneck, se" : "bottleneck",
                $"{site.Spec.Kernel}", site.Spec.Expansion, site.OutputWidth, variant.HasSqueezeExcite(site.Spec), site.Stride, input.Frames, site.OutputSize)),
            Row("head", "head", "conv, pool", "1x1x1", null, architecture.HeadWidth, null, 1, 1, 1),
            Row("classifier", "classifier", "dense, dense", "1x1x1", architecture.DenseWidth, network.Classes, null, 1, 1, 1),
        ];
    }

    private static StageRow[] OfComparison(ChosenNetwork network, ComparisonArchitecture architecture)
    {
        var costs = LayerCosts.Of(network);
        return
        [
            .. architecture.Sites(network.Input.Resolution).Select(site => new StageRow(
                site.Layer, (site.Spec.IsDepthwise ? "depthwise" : "conv") + (site.Spec.SqueezeExcite is null ? "" : ", se"), $"{site.Spec.Kernel}", null,
                site.Spec.Width, site.Spec.SqueezeExcite is not null, site.Spec.Stride, network.Input.Frames, site.OutputSize,
                costs[site.Layer].Macs, costs[site.Layer].Parameters, costs[site.Layer].StateBytes)),
            .. network.Design.CanStream
                ? network.Design.States(network.Classes, network.Input.Resolution).Where(state => state.IsFloat && !costs.ContainsKey(state.Layer))
                    .Select(state => Carried(network, state))
                : [],
            new StageRow(
                "classifier", "pool, dense", null, architecture.Hidden.Length > 0 ? architecture.Hidden[^1].Width : null, network.Classes, null, 1, 1, 1,
                costs["classifier"].Macs, costs["classifier"].Parameters, 0),
        ];
    }

    // A temporal shift, or the sum at the end: no operation, but something that a stream carries.
    private static StageRow Carried(ChosenNetwork network, StreamStateShape state) => new(
        state.Layer, state.Kind == StreamStateKind.StreamBuffer ? "shift" : "pool", null, null, state.Shape[^1], null, 1,
        state.Kind == StreamStateKind.StreamBuffer ? network.Input.Frames : 1, state.Shape[2], 0, 0, sizeof(float) * state.Elements);
}
