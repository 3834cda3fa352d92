namespace MoViNetNAS.Models.Kernels;

/// <summary>The memory that a correlation reads and writes; channels-last float32.</summary>
internal readonly unsafe struct CorrelationOperands
{
    /// <summary>[B, T, H, W, C].</summary>
    internal float* Input { get; init; }

    /// <summary>[B, kt - 1, H, W, C]: the frames before the first, or null for zeros.</summary>
    internal float* Buffer { get; init; }

    /// <summary>[W, C] of zeros: an input row outside of the frame, for the gradient to the weights.</summary>
    internal float* Zeros { get; init; }

    /// <summary>[taps, blocks * width].</summary>
    internal float* Weight { get; init; }

    /// <summary>[B, T, H', W', C].</summary>
    internal float* Output { get; init; }

    /// <summary>Where <see cref="Input"/> is a ring that holds the frames before the first too; it needs no buffer.</summary>
    internal FrameSlots InputSlots { get; init; }

    /// <summary>Where <see cref="Output"/> is a ring.</summary>
    internal FrameSlots OutputSlots { get; init; }

    /// <summary>[blocks * width], applied to each output before the activation; null without <see cref="Shift"/>.</summary>
    internal float* Scale { get; init; }

    /// <summary>[blocks * width].</summary>
    internal float* Shift { get; init; }

    /// <summary>Frame <paramref name="frame"/> of clip <paramref name="clip"/>; null where it is all zero.</summary>
    internal float* Frame(CorrelationPlan plan, int clip, int frame)
    {
        long frameLength = (long)plan.InputHeight * plan.InputWidth * plan.Geometry.Channels;
        int frames = plan.Geometry.Frames;
        if (InputSlots.Count > 0) return Input + InputSlots.Of(clip, frame) * frameLength;
        if (frame >= 0 && frame < frames) return Input + ((long)clip * frames + frame) * frameLength;
        int buffered = plan.Geometry.KernelFrames - 1;
        return frame < 0 && Buffer != null ? Buffer + ((long)clip * buffered + frame + buffered) * frameLength : null;
    }
    /// <summary>Output frame <paramref name="frame"/> of clip <paramref name="clip"/>.</summary>
    internal float* OutputFrame(CorrelationPlan plan, int clip, int frame)
    {
        long index = OutputSlots.Count > 0 ? OutputSlots.Of(clip, frame) : (long)clip * plan.Geometry.Frames + frame;
        return Output + index * plan.OutputHeight * plan.OutputWidth * plan.Geometry.Channels;
    }
}
