using System.Collections.Immutable;

namespace MoViNetNAS.Spaces;

/// <summary>One network of the family as a value: widths, kernels, strides. Data only; cost and modules are made from it elsewhere.</summary>
/// <param name="Name">"a0", or the genotype it was resolved from.</param>
/// <param name="Input">The clip it is meant for.</param>
/// <param name="StemWidth">Output channels of the 1x3x3 stem, whose spatial stride is 2.</param>
/// <param name="Blocks">The bottleneck blocks, first to last.</param>
/// <param name="HeadWidth">Output channels of the last 1x1x1 convolution.</param>
/// <param name="DenseWidth">Hidden units of the classifier.</param>
public sealed record Architecture(
    string Name, InputShape Input, int StemWidth, ImmutableArray<BlockSpec> Blocks, int HeadWidth, int DenseWidth)
{
    /// <summary>Bottleneck layers of all blocks.</summary>
    public int LayerCount => Blocks.Sum(block => block.Layers.Length);

    /// <summary>Walks the layers in order with what each one sees.</summary>
    /// <param name="resolution">Rows and columns of the clip; the architecture's own when null.</param>
    public IEnumerable<LayerSite> Sites(int? resolution = null)
    {
        int size = HalvedUp(resolution ?? Input.Resolution);
        int width = StemWidth, ordinal = 0;
        for (int b = 0; b < Blocks.Length; b++)
        {
            for (int l = 0; l < Blocks[b].Layers.Length; l++)
            {
                var layer = Blocks[b].Layers[l];
                int stride = l == 0 ? Blocks[b].Stride : 1;
                int outputSize = stride == 2 ? HalvedUp(size) : size;
                yield return new LayerSite(b, l, ++ordinal, layer, width, Blocks[b].Width, stride, size, outputSize);
                width = Blocks[b].Width;
                size = outputSize;
            }
        }
    }

    private static int HalvedUp(int size) => (size + 1) / 2;
}
