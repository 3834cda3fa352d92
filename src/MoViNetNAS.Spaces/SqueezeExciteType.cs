namespace MoViNetNAS.Spaces;

/// <summary>What squeeze-excite pools over.</summary>
public enum SqueezeExciteType
{
    /// <summary>Space and time; in causal networks the frames so far (official name: 3d).</summary>
    Pool3d,

    /// <summary>The space of each frame (official name: 2d).</summary>
    Pool2d,

    /// <summary>Space and time, and beside it the frame's own space (official name: 2plus3d).</summary>
    Pool2plus3d,

    /// <summary>No layer has squeeze-excite, whatever the architecture says (official name: none).</summary>
    None,
}
