namespace MoViNetNAS.Spaces;

/// <summary>A layer in its place in a network.</summary>
/// <param name="Block">Block index, from 0.</param>
/// <param name="Layer">Layer index in the block, from 0.</param>
/// <param name="Ordinal">Position among all layers, from 1 (stochastic depth grows with it).</param>
/// <param name="Spec">The layer.</param>
/// <param name="InputWidth">Channels coming in.</param>
/// <param name="OutputWidth">Channels going out.</param>
/// <param name="Stride">Spatial stride, 1 or 2.</param>
/// <param name="InputSize">Rows and columns coming in.</param>
/// <param name="OutputSize">Rows and columns going out.</param>
public sealed record LayerSite(
    int Block, int Layer, int Ordinal, LayerSpec Spec, int InputWidth, int OutputWidth, int Stride, int InputSize, int OutputSize)
{
    /// <summary>The official name of the layer, "block0_layer2".</summary>
    public string Name => $"block{Block}_layer{Layer}";

    /// <summary>Whether the skip path needs a 1x1x1 convolution (with an average pool before it when the stride is 2).</summary>
    public bool HasProjectedSkip => Stride > 1 || InputWidth != OutputWidth;
}
