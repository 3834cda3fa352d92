namespace MoViNetNAS.Models.Kernels;

/// <summary>A ring of frames: a new frame takes the place of the oldest, and nothing is moved.</summary>
/// <param name="Count">Frames that each clip's ring holds; 0 for no ring.</param>
/// <param name="First">The slot of frame 0.</param>
internal readonly record struct FrameSlots(int Count, int First)
{
    /// <summary>The place of a frame among all, from -<see cref="Count"/> + 1 for the frames before frame 0.</summary>
    internal long Of(int clip, int frame) => (long)clip * Count + (First + frame + Count) % Count;
}
