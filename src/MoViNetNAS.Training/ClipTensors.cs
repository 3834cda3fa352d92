using MoViNetNAS.Data;
using MoViNetNAS.Models;
using static TorchSharp.torch;

namespace MoViNetNAS.Training;

/// <summary>Turns clips of bytes into tensors.</summary>
public static class ClipTensors
{
    /// <summary>[B, 3, T, S, S] float32 in [0, 1], stored channels last.</summary>
    /// <remarks>No mean or deviation is taken off. Source: official MoViNet input pipeline.</remarks>
    public static Tensor Of(ClipBatch batch, Device device)
    {
        var (frames, resolution) = (batch.Input.Frames, batch.Input.Resolution);
        var bytes = tensor(batch.Pixels, [batch.Labels.Length, frames, resolution, resolution, 3], device: device);
        return bytes.to(float32).mul_(Scalars.Of(1 / 255f)).permute(0, 4, 1, 2, 3);
    }

    /// <summary>[B] class numbers.</summary>
    public static Tensor Labels(ClipBatch batch, Device device) => tensor([.. batch.Labels.Select(label => (long)label)], device: device);

    /// <summary>How many of the most probable classes are right.</summary>
    public static int CountRight(Tensor logits, Tensor labels) =>
        (int)logits.argmax(1).eq(labels).sum().item<long>();
}
