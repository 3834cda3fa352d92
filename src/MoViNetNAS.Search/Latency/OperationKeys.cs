using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>Lists the operations of a streamed network.</summary>
public static class OperationKeys
{
    internal const string Depthwise = "depthwise";

    /// <summary>The kinds of operations, in the order in which a frame first meets them.</summary>
    public static IReadOnlyList<string> Parts { get; } = ["stem", "expand", Depthwise, "se", "skip", "project", "head", "classifier"];

    /// <summary>The operations of <paramref name="architecture"/>, in the order in which a compiled network runs them.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="resolution">Rows and columns of the frames.</param>
    public static IReadOnlyList<OperationKey> Of(Architecture architecture, int resolution)
    {
        var keys = new List<OperationKey>(5 * architecture.LayerCount + 3)
        {
            new("stem", resolution, 2, InputShape.Channels, architecture.StemWidth),
        };
        int size = 1, width = 1;
        foreach (var site in architecture.Sites(resolution))
        {
            keys.AddRange(OfLayer(site));
            (size, width) = (site.OutputSize, site.OutputWidth);
        }

        keys.Add(new("head", size, 1, width, architecture.HeadWidth));
        keys.Add(new("classifier", 1, 1, architecture.HeadWidth, architecture.DenseWidth));
        return keys;
    }

    /// <summary>The operations of one layer, in the same order.</summary>
    public static IEnumerable<OperationKey> OfLayer(LayerSite site)
    {
        int expansion = site.Spec.Expansion;
        yield return new("expand", site.InputSize, 1, site.InputWidth, expansion);
        yield return new(Depthwise, site.InputSize, site.Stride, expansion, expansion, site.Spec.Kernel);
        if (site.Spec.HasSqueezeExcite) yield return new("se", site.OutputSize, 1, expansion, expansion);
        if (site.HasProjectedSkip) yield return new("skip", site.InputSize, site.Stride, site.InputWidth, site.OutputWidth);
        yield return new("project", site.OutputSize, 1, expansion, site.OutputWidth);
    }

    /// <summary>About how much an operation does for one frame: its multiply-adds, and what it adds and multiplies besides.</summary>
    /// <remarks>Besides: a skip path's pool adds nine numbers for each one; squeeze-excite reads all its features twice, to average and to weigh
    /// them, which is more than its small matrices do.</remarks>
    /// <param name="key">The operation.</param>
    /// <param name="variant">How the network is built.</param>
    /// <param name="classes">Outputs of the classifier.</param>
    public static long Work(OperationKey key, NetworkVariant variant, int classes)
    {
        checked
        {
            long matrix = (long)key.Inputs * key.Outputs, positions = key.OutputPositions;
            return key.Part switch
            {
                "stem" => 9 * matrix * positions,
                Depthwise => key.Outputs * positions * Volume(key.Kernel!.Value, variant),
                "se" => 2 * key.Outputs * positions
                    + (long)variant.SqueezeExciteHidden(key.Inputs) * (variant.SqueezeExciteInput(key.Inputs) + key.Outputs),
                "skip" => matrix * positions + (key.Stride == 2 ? 9 * key.Inputs * positions : 0),
                "classifier" => matrix + (long)key.Outputs * classes,
                _ => matrix * positions,
            };
        }
    }

    private static int Volume(KernelShape kernel, NetworkVariant variant) => !variant.IsSplit
        ? kernel.Volume
        : kernel.Spatial * kernel.Spatial + (kernel.Temporal > 1 ? kernel.Temporal : 0);
}
