using MoViNetNAS.Models.Kernels;

namespace MoViNetNAS.Models;

/// <summary>Where an operation finds or leaves frames: [B, T, positions, C] without gaps, or a ring of slots for each stream.</summary>
/// <param name="Pointer">The first number.</param>
/// <param name="Slots">Slots of each stream's ring; 0 for no ring.</param>
internal readonly unsafe record struct FrameMemory(nint Pointer, int Slots = 0)
{
    public float* Floats => (float*)Pointer;

    /// <summary>The ring when frame 0 is the stream's frame <paramref name="framesBefore"/>; empty without a ring.</summary>
    public FrameSlots At(long framesBefore) => Slots == 0 ? default : new FrameSlots(Slots, (int)(framesBefore % Slots));
}
