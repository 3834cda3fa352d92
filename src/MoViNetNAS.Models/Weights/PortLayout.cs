namespace MoViNetNAS.Models;

/// <summary>How weights of the PyTorch port are laid out; the bytes are the same in both.</summary>
public enum PortLayout
{
    /// <summary>Keys "conv3d" and kernels of five axes: the base models (official name 3d), and split ones as they were trained (3d_2plus1d).</summary>
    Conv3d,

    /// <summary>Keys "conv2d" and kernels of four axes: the stream models as they are deployed (official name 2plus1d).</summary>
    Conv2d,
}
