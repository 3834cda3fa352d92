using System.Numerics;
using MoViNetNAS.Data;
using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;
using static TorchSharp.torch;

namespace MoViNetNAS.Training;

/// <summary>Turns clips of bytes into tensors.</summary>
public static class ClipTensors
{
    /// <summary>[B, 3, T, S, S] float32 in [0, 1], stored channels last.</summary>
    /// <remarks>No mean or deviation is taken off. Source: official MoViNet input pipeline.</remarks>
    public static Tensor Of(ClipBatch batch, Device device) => Of(batch, 0, batch.Input.Frames, device);

    /// <summary>The <paramref name="frames"/> frames from <paramref name="first"/> on, [B, 3, frames, S, S] float32 in [0, 1], stored channels last.</summary>
    public static Tensor Of(ClipBatch batch, int first, int frames, Device device)
    {
        int resolution = batch.Input.Resolution, frameValues = resolution * resolution * InputShape.Channels;
        var clips = empty([batch.Labels.Length, frames, resolution, resolution, InputShape.Channels], dtype: ScalarType.Float32);
        var values = TensorMemory.Floats(clips);
        for (int clip = 0; clip < batch.Labels.Length; clip++)
        {
            var pixels = batch.Pixels.AsSpan((clip * batch.Input.Frames + first) * frameValues, frames * frameValues);
            Scale(pixels, values.Slice(clip * pixels.Length, pixels.Length));
        }

        return clips.to(device).permute(0, 4, 1, 2, 3);
    }

    /// <summary>[B] class numbers.</summary>
    public static Tensor Labels(ClipBatch batch, Device device) => Labels(batch.Labels, device);

    /// <summary>[B] class numbers.</summary>
    internal static Tensor Labels(IReadOnlyList<LabelSet> labels, Device device) => tensor([.. labels.Select(label => (long)label.Only)], device: device);

    /// <summary>How many of the most probable classes are right.</summary>
    public static int CountRight(Tensor logits, Tensor labels) =>
        (int)logits.argmax(1).eq(labels).sum().item<long>();

    // One pass from bytes to floats: libtorch would copy the bytes, copy them as floats, and scale those.
    private static void Scale(ReadOnlySpan<byte> pixels, Span<float> values)
    {
        const float Factor = 1 / 255f;
        int i = 0, step = Vector<float>.Count;
        for (; i <= pixels.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(pixels[i..]), out Vector<ushort> low, out Vector<ushort> high);
            Vector.Widen(low, out Vector<uint> a, out Vector<uint> b);
            Vector.Widen(high, out Vector<uint> c, out Vector<uint> d);
            (Vector.ConvertToSingle(a) * Factor).CopyTo(values[i..]);
            (Vector.ConvertToSingle(b) * Factor).CopyTo(values[(i + step)..]);
            (Vector.ConvertToSingle(c) * Factor).CopyTo(values[(i + 2 * step)..]);
            (Vector.ConvertToSingle(d) * Factor).CopyTo(values[(i + 3 * step)..]);
        }

        for (; i < pixels.Length; i++) values[i] = pixels[i] * Factor;
    }
}
