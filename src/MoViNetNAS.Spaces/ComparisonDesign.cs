namespace MoViNetNAS.Spaces;

/// <summary>A network that MoViNets are compared with, for whole clips or, causal, for streams.</summary>
/// <remarks>Causal, temporal kernels look back only and take stream buffers (MoViNets, arXiv 2103.11511, section 3.2), squeeze-excite over
/// time sees the frames so far, and so does the pool at the end; widths and parameters stay the same.</remarks>
/// <param name="Architecture">Stem, blocks, tail, end.</param>
/// <param name="IsCausal">Whether frame t sees frames up to t only.</param>
public sealed record ComparisonDesign(ComparisonArchitecture Architecture, bool IsCausal) : NetworkDesign
{
    /// <inheritdoc/>
    public override string Name => Architecture.Name;

    /// <inheritdoc/>
    public override InputShape Input => Architecture.Input;

    /// <inheritdoc/>
    public override string VariantName => IsCausal ? "causal" : "base";

    /// <inheritdoc/>
    public override bool IsCausal { get; } = IsCausal;

    /// <inheritdoc/>
    public override bool CanStream => IsCausal;

    /// <inheritdoc/>
    public override int MinimumResolution => Architecture.TotalStride;

    /// <inheritdoc/>
    public override IReadOnlyList<CostRow> CostRows(int classes, InputShape input) => ComparisonCosts.Rows(this, classes, input);

    /// <inheritdoc/>
    public override IReadOnlyList<StreamStateShape> States(int classes, int resolution) => ComparisonStates.Of(Architecture, classes, resolution);

    /// <inheritdoc/>
    public override long PeakActivationElements(InputShape input) => Architecture.Sites(input.Resolution).Max(site => checked(
        input.Frames * ((long)site.InputWidth * site.InputSize * site.InputSize + (long)site.Spec.Width * site.OutputSize * site.OutputSize)));
}
