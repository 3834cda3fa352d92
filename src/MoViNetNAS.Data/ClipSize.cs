using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>Bytes of frames and clips, and the checks every data set makes of them.</summary>
internal static class ClipSize
{
    public static int FrameBytes(int resolution) => checked(resolution * resolution * InputShape.Channels);

    public static int Bytes(InputShape input) => checked(input.Frames * FrameBytes(input.Resolution));

    public static void Check(InputShape input, int items, int index, ReadOnlySpan<byte> pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, items);
        if (pixels.Length != Bytes(input))
            throw new ArgumentException($"a clip of {input} has {Bytes(input)} bytes, the span {pixels.Length}.", nameof(pixels));
    }

    public static IEnumerable<string> Faults(InputShape input)
    {
        if (input.Frames is < 1 or > 4096) yield return $"frames must be 1-4096, got {input.Frames}";
        if (input.Resolution is < 8 or > 2048) yield return $"resolution must be 8-2048, got {input.Resolution}";
        if (input.FrameStride is < 1 or > 1024) yield return $"frame stride must be 1-1024, got {input.FrameStride}";
        if ((long)input.Frames * input.Resolution * input.Resolution * InputShape.Channels > Array.MaxLength)
            yield return $"a clip of {input.Frames} frames of {input.Resolution} x {input.Resolution} pixels is larger than 2 GB";
    }
}
