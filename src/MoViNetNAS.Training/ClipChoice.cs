using MoViNetNAS.Spaces;
using static TorchSharp.torch;

namespace MoViNetNAS.Training;

/// <summary>Makes of a clip the smaller one that an architecture chose: fewer frames, further apart, of fewer pixels.</summary>
/// <remarks>Source of the need: a supernet's batch is read once, and every architecture of a step has an input of its own.</remarks>
public static class ClipChoice
{
    /// <summary>Every r-th frame around the middle, r the ratio of the strides; rows and columns averaged over areas.</summary>
    /// <param name="clips">[B, 3, T, S, S] of <paramref name="from"/>, stored channels last.</param>
    /// <param name="from">The shape delivered.</param>
    /// <param name="to">The shape wanted: its stride a multiple of that delivered, its span no longer, its resolution no larger.</param>
    /// <returns>[B, 3, T', S', S'], stored channels last; a new tensor, or an alias where nothing changes. The caller disposes it.</returns>
    /// <exception cref="ArgumentException"><paramref name="from"/> does not hold <paramref name="to"/>.</exception>
    public static Tensor Of(Tensor clips, InputShape from, InputShape to)
    {
        int ratio = to.FrameStride / from.FrameStride, span = (to.Frames - 1) * ratio + 1;
        if (to.FrameStride % from.FrameStride != 0 || span > from.Frames || to.Resolution > from.Resolution)
            throw new ArgumentException($"clips of {from} do not hold {to}.", nameof(to));
        using var scope = NewDisposeScope();
        int first = (from.Frames - span) / 2;
        var frames = span == from.Frames && ratio == 1 ? clips : clips.slice(2, first, first + span, ratio);
        if (to.Resolution == from.Resolution) return frames.alias().MoveToOuterDisposeScope();

        // Frames one below the other: pooling knows rows and columns only. Areas that do not divide overlap by a pixel.
        long batch = clips.shape[0], size = to.Resolution;
        var flat = frames.permute(0, 2, 1, 3, 4).reshape(batch * to.Frames, InputShape.Channels, from.Resolution, from.Resolution);
        var small = nn.functional.adaptive_avg_pool2d(flat, size);
        return small.reshape(batch, to.Frames, InputShape.Channels, size, size).permute(0, 1, 3, 4, 2).contiguous().permute(0, 4, 1, 2, 3).MoveToOuterDisposeScope();
    }
}
