using System.Collections.Immutable;

namespace MoViNetNAS.Spaces;

/// <summary>A residual block of a comparison network: convolutions, and what is added to them.</summary>
/// <param name="Convolutions">In order, at least one; at most one has a spatial stride.</param>
/// <param name="Skip">What is added.</param>
/// <param name="ActivationAfterSum">Null for none.</param>
/// <param name="StartsAtSkip">Whether a fresh block gives its skip: its last norm then starts at the network's first residual scale, which is 0 in
/// published trainings, instead of at 1. Source: configurations of X3D and of Slow R50 in SlowFast (ZERO_INIT_FINAL_BN); torchvision's MobileNetV3
/// starts all norms at 1.</param>
/// <param name="HasTemporalShift">Whether the branch, not the skip, starts with a temporal shift (TSM, arXiv 1811.08383, residual shift).</param>
public sealed record ResidualBlockSpec(
    ImmutableArray<ConvolutionSpec> Convolutions, SkipType Skip, ActivationType? ActivationAfterSum = null, bool StartsAtSkip = false, bool HasTemporalShift = false)
{
    /// <summary>A temporal shift takes one channel in so many from the frame before. Source: TSM (arXiv 1811.08383), section 3.</summary>
    public const int ShiftedShare = 8;

    /// <summary>Channels it gives.</summary>
    public int Width => Convolutions[^1].Width;

    /// <summary>Spatial stride of all its convolutions together.</summary>
    public int Stride => Convolutions.Aggregate(1, (product, convolution) => product * convolution.Stride);
}
