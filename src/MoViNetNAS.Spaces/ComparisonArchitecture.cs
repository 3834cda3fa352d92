using System.Collections.Immutable;

namespace MoViNetNAS.Spaces;

/// <summary>A network that MoViNets are compared with, as a table: stem, residual blocks, tail, pool, hidden layers, classifier.</summary>
/// <remarks>Every convolution pads as TensorFlow's "same": sizes are those of the originals, cells of even frames are not, so foreign weights
/// do not fit.</remarks>
/// <param name="Name">"x3d-m".</param>
/// <param name="Input">The clip it is meant for.</param>
/// <param name="Stem">Its first convolutions.</param>
/// <param name="HasStemPool">Whether a max pool of 1x3x3 at stride 2 follows them.</param>
/// <param name="Blocks">Its residual blocks.</param>
/// <param name="Tail">The convolution after them; null for none.</param>
/// <param name="Hidden">Linear layers between pool and classifier.</param>
/// <param name="HeadPooling">Where the end averages: features over space and time, or logits of frames over time.</param>
/// <param name="SqueezeExcite">What squeeze-excite pools over, where a convolution has it.</param>
public sealed record ComparisonArchitecture(
    string Name, InputShape Input, ImmutableArray<ConvolutionSpec> Stem, bool HasStemPool, ImmutableArray<ResidualBlockSpec> Blocks,
    ConvolutionSpec? Tail, ImmutableArray<DenseSpec> Hidden, HeadPooling HeadPooling, SqueezeExciteType SqueezeExcite)
{
    /// <summary>Channels that the pool averages.</summary>
    public int FeatureWidth => Tail?.Width ?? Blocks[^1].Width;

    /// <summary>How much smaller the last frames are than the first, by rows and by columns.</summary>
    public int TotalStride => Stem.Aggregate(HasStemPool ? 2 : 1, (product, convolution) => product * convolution.Stride)
        * Blocks.Aggregate(1, (product, block) => product * block.Stride);

    /// <summary>The name of a convolution of the stem.</summary>
    public static string StemLayer(int index) => $"stem{index}";

    /// <summary>The name of a convolution of a block.</summary>
    public static string BlockLayer(int block, int index) => $"block{block}_conv{index}";

    /// <summary>The name of a block's projected skip.</summary>
    public static string SkipLayer(int block) => $"block{block}_skip";

    /// <summary>The name of a block's temporal shift.</summary>
    public static string ShiftLayer(int block) => $"block{block}_shift";

    /// <summary>The name of the convolution after the blocks.</summary>
    public const string TailLayer = "tail";

    /// <summary>The projection of a block's input; null where it has none.</summary>
    public static ConvolutionSpec? Projection(ResidualBlockSpec block) => block.Skip == SkipType.Projected
        ? new ConvolutionSpec(new KernelShape(1, 1), block.Width, block.Stride)
        : null;

    /// <summary>All convolutions at their places, in the order a clip meets them; a block's skip comes last in it.</summary>
    /// <param name="resolution">Rows and columns of the frames.</param>
    public IEnumerable<ConvolutionSite> Sites(int resolution)
    {
        int width = InputShape.Channels, size = resolution;
        for (int i = 0; i < Stem.Length; i++)
        {
            var site = new ConvolutionSite(StemLayer(i), Stem[i], width, size);
            yield return site;
            (width, size) = (site.Spec.Width, site.OutputSize);
        }

        if (HasStemPool) size = (size + 1) / 2;
        for (int b = 0; b < Blocks.Length; b++)
        {
            var (inputWidth, inputSize) = (width, size);
            for (int i = 0; i < Blocks[b].Convolutions.Length; i++)
            {
                var site = new ConvolutionSite(BlockLayer(b, i), Blocks[b].Convolutions[i], width, size);
                yield return site;
                (width, size) = (site.Spec.Width, site.OutputSize);
            }

            if (Projection(Blocks[b]) is { } projection) yield return new ConvolutionSite(SkipLayer(b), projection, inputWidth, inputSize);
        }

        if (Tail is not null) yield return new ConvolutionSite(TailLayer, Tail, width, size);
    }
}
