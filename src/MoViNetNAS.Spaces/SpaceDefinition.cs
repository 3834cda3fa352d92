using System.Collections.Immutable;

namespace MoViNetNAS.Spaces;

/// <summary>A search space as its file states it. Source: MoViNets (arXiv 2103.11511), Table 1.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Input">The clip; where the space chooses its input, the one that holds every choice.</param>
/// <param name="WidthMultipliers">Factors on the nominal widths of stem, blocks and head.</param>
/// <param name="StemWidth">Nominal width of the stem.</param>
/// <param name="Blocks">The blocks, at least one.</param>
/// <param name="HeadWidth">Nominal width of the last 1x1x1 convolution.</param>
/// <param name="DenseWidth">Hidden units of the classifier.</param>
public sealed record SpaceDefinition(
    string Name, InputShape Input, ImmutableArray<double> WidthMultipliers, int StemWidth, ImmutableArray<BlockDefinition> Blocks,
    int HeadWidth, int DenseWidth)
{
    /// <summary>What the input is chosen from; null where it is fixed.</summary>
    public InputChoices? InputChoices { get; init; }
}
