namespace MoViNetNAS.Spaces;

/// <summary>Counts what a network costs, layer by layer, from its description alone.</summary>
/// <remarks>One FLOP is one multiply-add. Source: the closed formulas of the layers (MoViNets, arXiv 2103.11511, and the official
/// code); parameter totals equal the official tests' counts.</remarks>
public static class CostModel
{
    private const int BytesPerFloat = 4;

    /// <summary>The cost of <paramref name="architecture"/> built as <paramref name="variant"/>.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="variant">How it is built.</param>
    /// <param name="classes">Outputs of the classifier.</param>
    /// <param name="input">Frames and resolution; the architecture's own when null.</param>
    /// <exception cref="OverflowException">A count does not fit into 64 bits.</exception>
    public static Cost Of(Architecture architecture, NetworkVariant variant, int classes, InputShape? input = null) =>
        Of(new MoViNetDesign(architecture, variant), classes, input);

    /// <summary>The cost of any network.</summary>
    /// <param name="design">The network.</param>
    /// <param name="classes">Outputs of the classifier.</param>
    /// <param name="input">Frames and resolution; the design's own when null.</param>
    /// <exception cref="OverflowException">A count does not fit into 64 bits.</exception>
    public static Cost Of(NetworkDesign design, int classes, InputShape? input = null)
    {
        input ??= design.Input;
        var rows = design.CostRows(classes, input);
        checked
        {
            long macs = rows.Sum(row => row.Macs);
            long trainable = rows.Sum(row => row.Parameters);
            long perFrame = design.CanStream
                ? design.CostRows(classes, input with { Frames = 1 }).Sum(row => row.Macs)
                : macs / input.Frames;
            long state = design.CanStream
                ? design.States(classes, input.Resolution).Where(state => state.IsFloat).Sum(state => state.Elements)
                : 0;
            return new Cost(
                macs,
                perFrame,
                macs + rows.Sum(row => row.NormalizedElements) + 9 * rows.Sum(row => row.PooledElements),
                trainable,
                trainable + rows.Sum(row => row.NormStatistics),
                BytesPerFloat * state,
                BytesPerFloat * design.PeakActivationElements(input));
        }
    }

    /// <summary>Multiply-adds of a clip on a supernet path: where branches are averaged, the mean of their costs (as in google-research/tunas 0c1bbe5).</summary>
    public static double PathMacs(SubnetPath path, NetworkVariant variant, int classes, InputShape? input = null)
    {
        var architecture = path.Architecture;
        input ??= architecture.Input;
        double total = Outside(architecture, variant, classes, input).Sum(row => row.Macs);
        foreach (var (site, branches) in architecture.Sites(input.Resolution).Zip(path.Branches))
        {
            double sum = 0;
            foreach (var kernel in branches.Kernels)
                foreach (bool isOn in branches.SqueezeExcite)
                    sum += OfLayer(site with { Spec = new LayerSpec(site.Spec.Expansion, kernel, isOn) }, variant, input.Frames).Sum(row => row.Macs);
            total += sum / (branches.Kernels.Length * branches.SqueezeExcite.Length);
        }

        return total;
    }

    /// <summary>The cost of every operation, in the order a clip meets them.</summary>
    public static IReadOnlyList<CostRow> Rows(Architecture architecture, NetworkVariant variant, int classes, InputShape input)
    {
        var outside = Outside(architecture, variant, classes, input);
        var rows = new List<CostRow>(8 * architecture.LayerCount + 4) { outside[0] };
        foreach (var site in architecture.Sites(input.Resolution)) rows.AddRange(OfLayer(site, variant, input.Frames));
        rows.AddRange(outside.Skip(1));
        return rows;
    }

    private static List<CostRow> Outside(Architecture architecture, NetworkVariant variant, int classes, InputShape input)
    {
        var last = architecture.Sites(input.Resolution).Last();
        int stemSize = (input.Resolution + 1) / 2;
        long logits = variant.HeadPooling switch
        {
            HeadPooling.Pool3d => 1,
            HeadPooling.None => Positions(input.Frames, last.OutputSize),
            _ => input.Frames,
        };
        return
        [
            Convolution("stem", "stem", (long)InputShape.Channels * architecture.StemWidth, 9, architecture.StemWidth, Positions(input.Frames, stemSize)),
            Convolution("head", "head", (long)last.OutputWidth * architecture.HeadWidth, 1, architecture.HeadWidth, Positions(input.Frames, last.OutputSize)),
            Dense("classifier", "classifier", architecture.HeadWidth, architecture.DenseWidth, logits),
            Dense("classifier", "classifier", architecture.DenseWidth, classes, logits),
        ];
    }

    private static List<CostRow> OfLayer(LayerSite site, NetworkVariant variant, int frames)
    {
        int expansion = site.Spec.Expansion;
        var kernel = site.Spec.Kernel;
        long positionsIn = Positions(frames, site.InputSize), positionsOut = Positions(frames, site.OutputSize);
        var rows = new List<CostRow>(9) { Convolution(site.Name, "expand", (long)site.InputWidth * expansion, 1, expansion, positionsIn) };
        if (!variant.IsSplit)
        {
            rows.Add(Convolution(site.Name, "depthwise", expansion, kernel.Volume, expansion, positionsOut));
        }
        else
        {
            rows.Add(Convolution(site.Name, "depthwise", expansion, kernel.Spatial * kernel.Spatial, expansion, positionsOut));
            if (kernel.Temporal > 1) rows.Add(Convolution(site.Name, "depthwise", expansion, kernel.Temporal, expansion, positionsOut));
        }

        if (variant.HasSqueezeExcite(site.Spec))
        {
            int hidden = variant.SqueezeExciteHidden(expansion);
            int positions = variant.HasCausalSqueezeExcite || variant.SqueezeExcite != SqueezeExciteType.Pool3d ? frames : 1;
            rows.Add(Dense(site.Name, "se", variant.SqueezeExciteInput(expansion), hidden, positions));
            rows.Add(Dense(site.Name, "se", hidden, expansion, positions));
            if (variant.HasPositionalEncoding) rows.Add(Scalar(site.Name));
        }

        rows.Add(Convolution(site.Name, "project", (long)expansion * site.OutputWidth, 1, site.OutputWidth, positionsOut));
        rows.Add(Scalar(site.Name)); // ReZero
        if (site.HasProjectedSkip)
        {
            var skip = Convolution(site.Name, "skip", (long)site.InputWidth * site.OutputWidth, 1, site.OutputWidth, positionsOut);
            rows.Add(site.Stride > 1 ? skip with { PooledElements = checked(site.InputWidth * positionsOut) } : skip);
        }

        return rows;
    }

    private static CostRow Convolution(string layer, string part, long channelPairs, int kernelVolume, int outputWidth, long positions) =>
        checked(new CostRow(
            layer, part, channelPairs * kernelVolume * positions, channelPairs * kernelVolume + 2L * outputWidth, 2L * outputWidth,
            outputWidth * positions, 0));

    private static CostRow Dense(string layer, string part, long inputWidth, long outputWidth, long positions) =>
        checked(new CostRow(layer, part, inputWidth * outputWidth * positions, inputWidth * outputWidth + outputWidth, 0, 0, 0));

    private static long Positions(int frames, int size) => checked((long)frames * size * size);

    private static CostRow Scalar(string layer) => new(layer, "scalar", 0, 1, 0, 0, 0);

    internal static long PeakActivationElements(Architecture architecture, InputShape input) => architecture.Sites(input.Resolution)
        .Max(site => checked(site.Spec.Expansion * (Positions(input.Frames, site.InputSize) + Positions(input.Frames, site.OutputSize))));
}
