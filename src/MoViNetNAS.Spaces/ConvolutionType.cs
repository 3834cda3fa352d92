namespace MoViNetNAS.Spaces;

/// <summary>How a depthwise convolution over space and time is carried out.</summary>
public enum ConvolutionType
{
    /// <summary>One kernel of kt x ks x ks (official name: 3d).</summary>
    Full3d,

    /// <summary>1 x ks x ks, norm, activation, then kt x 1 x 1, norm, activation, as 2-D convolutions (official name: 2plus1d).</summary>
    Split2plus1d,

    /// <summary>The same as 3-D convolutions (official name: 3d_2plus1d). The stream models were trained so and are deployed as 2plus1d: the
    /// weights are the same, in files they have an axis more.</summary>
    Split3d2plus1d,
}
