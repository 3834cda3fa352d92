namespace MoViNetNAS.Models.Kernels;

/// <summary>Per-channel values of a batch norm, in the order of the blocks.</summary>
internal readonly unsafe struct NormParameters
{
    /// <summary>[blocks * width].</summary>
    internal float* Mean { get; init; }

    /// <summary>gamma / sqrt(variance + epsilon), [blocks * width].</summary>
    internal float* Scale { get; init; }

    /// <summary>beta, [blocks * width].</summary>
    internal float* Shift { get; init; }
}
