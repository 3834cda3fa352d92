using MoViNetNAS.Models.Kernels;

namespace MoViNetNAS.Models;

/// <summary>What a stream carries for one layer, in the form the operations work on.</summary>
/// <param name="Name">The layer: "block1_layer0".</param>
/// <param name="Buffered">Frames that the temporal kernel looks back, kt - 1; 0 without one.</param>
/// <param name="Size">Rows and columns of a buffered frame.</param>
/// <param name="Channels">C.</param>
/// <param name="Ring">[B, slots, size, size, C]; empty without a temporal kernel.</param>
/// <param name="Pool">[B, C]: sums of the means of all frames, or 0 where nothing is averaged over time.</param>
internal readonly unsafe record struct LayerMemory(string Name, int Buffered, int Size, int Channels, FrameMemory Ring, nint Pool)
{
    public long FrameFloats => (long)Size * Size * Channels;

    /// <summary>The buffered frame <paramref name="index"/>, 0 being the oldest, when the stream's next frame is <paramref name="framesBefore"/>.</summary>
    public Span<float> Frame(int clip, int index, long framesBefore) => new(
        Ring.Floats + Ring.At(framesBefore).Of(clip, index - Buffered) * FrameFloats, checked((int)FrameFloats));
}
