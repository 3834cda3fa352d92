namespace MoViNetNAS.Spaces;

/// <summary>What a residual block adds to its branch.</summary>
public enum SkipType
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Its input.</summary>
    Identity,

    /// <summary>A strided 1x1x1 convolution of its input, with norm.</summary>
    Projected,
}
