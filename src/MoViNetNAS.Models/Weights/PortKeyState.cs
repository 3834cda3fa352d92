namespace MoViNetNAS.Models;

/// <summary>What an import makes of a key.</summary>
public enum PortKeyState
{
    /// <summary>Float32 of the right shape: copied as it is.</summary>
    Used,

    /// <summary>Float64, float16 or bfloat16 of the right shape: converted to float32.</summary>
    Converted,

    /// <summary>A counter <c>num_batches_tracked</c>, which we do not hold.</summary>
    Ignored,

    /// <summary>The network needs it, the file lacks it.</summary>
    Missing,

    /// <summary>The file has it, the network does not.</summary>
    Unknown,

    /// <summary>It has another shape than the network's.</summary>
    WrongShape,

    /// <summary>Its elements are no floating-point numbers.</summary>
    WrongType,

    /// <summary>It holds NaN, an infinity, or a variance below 0.</summary>
    WrongValue,
}
