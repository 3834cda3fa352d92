namespace MoViNetNAS.Spaces;

/// <summary>Counts what a comparison network costs, layer by layer.</summary>
internal static class ComparisonCosts
{
    private const string Classifier = "classifier";

    /// <summary>The cost of every operation, in the order a clip meets them; shifts, pools and sums multiply nothing.</summary>
    public static IReadOnlyList<CostRow> Rows(ComparisonDesign design, int classes, InputShape input)
    {
        var architecture = design.Architecture;
        var rows = new List<CostRow>();
        int squeezed = design.IsCausal || architecture.SqueezeExcite == SqueezeExciteType.Pool2d ? input.Frames : 1;
        foreach (var site in architecture.Sites(input.Resolution))
        {
            rows.Add(Convolution(site, input.Frames));
            if (site.Spec.SqueezeExcite is not { } squeezeExcite) continue;
            rows.Add(Dense(site.Layer, "se", site.Spec.Width, squeezeExcite.Hidden, squeezed));
            rows.Add(Dense(site.Layer, "se", squeezeExcite.Hidden, site.Spec.Width, squeezed));
        }

        int logits = architecture.HeadPooling == HeadPooling.Pool3d ? 1 : input.Frames, width = architecture.FeatureWidth;
        foreach (var dense in architecture.Hidden)
        {
            rows.Add(Dense(Classifier, Classifier, width, dense.Width, logits, dense.HasBias));
            width = dense.Width;
        }

        rows.Add(Dense(Classifier, Classifier, width, classes, logits));
        return rows;
    }

    private static CostRow Convolution(ConvolutionSite site, int frames)
    {
        string part = site.Layer.EndsWith("_skip", StringComparison.Ordinal) ? "skip" : site.Spec.IsDepthwise ? "depthwise" : "convolution";
        checked
        {
            long weights = site.ChannelPairs * site.Spec.Kernel.Volume;
            long positions = (long)frames * site.OutputSize * site.OutputSize;
            long norm = site.Spec.HasNorm ? 2L * site.Spec.Width : 0;
            return new CostRow(site.Layer, part, weights * positions, weights + norm, norm, norm / 2 * positions, 0);
        }
    }

    private static CostRow Dense(string layer, string part, long inputWidth, long outputWidth, long positions, bool hasBias = true) =>
        checked(new CostRow(
            layer, part, inputWidth * outputWidth * positions, inputWidth * outputWidth + (hasBias ? outputWidth : 0), 0, 0, 0));
}
