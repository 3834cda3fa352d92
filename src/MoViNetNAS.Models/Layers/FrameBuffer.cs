using MoViNetNAS.Models.Kernels;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>The last frames that a temporal kernel saw. Source: MoViNets (arXiv 2103.11511), section 3.2, stream buffers.</summary>
internal static class FrameBuffer
{
    /// <summary>The last <paramref name="kept"/> frames of <paramref name="buffer"/> and <paramref name="x"/> together; x may have fewer.</summary>
    /// <param name="x">[B, C, T, H, W].</param>
    /// <param name="buffer">The frames before x, [B, C, kept, H, W]; null at the start of a clip (zeros).</param>
    /// <param name="kept">Frames to keep, at least 1.</param>
    /// <returns>[B, C, kept, H, W], of its own memory and outside of any autograd graph; float32 where x is bfloat16, so that a state is
    /// the same kind of value whatever pass made it. The frames lose nothing by that and are rounded to themselves when they come back.</returns>
    public static Tensor Next(Tensor x, Tensor? buffer, long kept)
    {
        using var unrecorded = no_grad();
        long frames = x.shape[2];
        if (frames >= kept)
        {
            var last = x.narrow(2, frames - kept, kept);
            return last.IsRounded() ? last.Widened() : Stored(last).clone();
        }

        var before = buffer is null
            ? zeros([x.shape[0], x.shape[1], kept - frames, x.shape[3], x.shape[4]], dtype: x.dtype, device: x.device).Widened()
            : buffer.narrow(2, frames, kept - frames);
        return Stored(cat([before, x.Widened()], 2));
    }

    private static Tensor Stored(Tensor x) => LibtorchPath.Takes(x) ? x : ChannelsLast.Ensure(x);
}
