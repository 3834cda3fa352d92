namespace MoViNetNAS.Spaces;

/// <summary>What a network is fed: <paramref name="Frames"/> frames of <paramref name="Resolution"/> x <paramref name="Resolution"/> RGB pixels.</summary>
/// <param name="Frames">Frames of a clip, at least 1.</param>
/// <param name="Resolution">Rows and columns, at least 1.</param>
/// <param name="FrameStride">Every how many source frames one is taken, at least 1.</param>
public sealed record InputShape(int Frames, int Resolution, int FrameStride = 1)
{
    /// <summary>Channels of a frame: red, green, blue.</summary>
    public const int Channels = 3;
}
