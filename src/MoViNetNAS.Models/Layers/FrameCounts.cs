using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>How many frames were seen after each frame of a sub-clip: what sums over time are divided by.</summary>
internal static class FrameCounts
{
    /// <summary>[1, T, 1]: before + 1 ... before + T.</summary>
    public static Tensor Of(long before, long frames, Device device)
    {
        float[] counts = [.. Enumerable.Range(1, checked((int)frames)).Select(t => (float)(before + t))];
        return tensor(counts, [1, frames, 1], device: device);
    }
}
