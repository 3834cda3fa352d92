namespace MoViNetNAS.Spaces;

/// <summary>A MoViNet: an architecture and how it is built.</summary>
/// <param name="Architecture">Widths, kernels, strides.</param>
/// <param name="Variant">How layers are built.</param>
public sealed record MoViNetDesign(Architecture Architecture, NetworkVariant Variant) : NetworkDesign
{
    /// <inheritdoc/>
    public override string Name => Architecture.Name;

    /// <inheritdoc/>
    public override InputShape Input => Architecture.Input;

    /// <inheritdoc/>
    public override string VariantName => Variant.Name;

    /// <inheritdoc/>
    public override bool IsCausal => Variant.IsCausal;

    /// <inheritdoc/>
    public override bool CanStream => Variant.CanStream;

    /// <inheritdoc/>
    public override int MinimumResolution => 2 << Architecture.Blocks.Count(block => block.Stride == 2);

    /// <inheritdoc/>
    public override IReadOnlyList<CostRow> CostRows(int classes, InputShape input) => CostModel.Rows(Architecture, Variant, classes, input);

    /// <inheritdoc/>
    public override IReadOnlyList<StreamStateShape> States(int classes, int resolution) =>
        StreamStates.Of(Architecture, Variant, classes, resolution);

    /// <inheritdoc/>
    public override long PeakActivationElements(InputShape input) => CostModel.PeakActivationElements(Architecture, input);
}
