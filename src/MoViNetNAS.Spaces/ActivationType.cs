namespace MoViNetNAS.Spaces;

/// <summary>The activation after a convolution.</summary>
public enum ActivationType
{
    /// <summary>x * sigmoid(x).</summary>
    Swish,

    /// <summary>x * relu6(x + 3) / 6.</summary>
    HardSwish,

    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>min(max(x, 0), 6).</summary>
    Relu6,
}
