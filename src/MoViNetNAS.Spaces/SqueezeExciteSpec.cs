namespace MoViNetNAS.Spaces;

/// <summary>Squeeze-excite after a convolution: two linear layers with bias between the channels' means and their factors.</summary>
/// <param name="Hidden">Channels between both layers.</param>
/// <param name="Activation">Between them.</param>
/// <param name="Gate">At their output.</param>
/// <param name="IsBeforeActivation">Whether the convolution's own activation comes after squeeze-excite, as in X3D.</param>
public sealed record SqueezeExciteSpec(int Hidden, ActivationType Activation, GateType Gate, bool IsBeforeActivation = false);
