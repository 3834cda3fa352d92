namespace MoViNetNAS.Spaces;

/// <summary>What a network is fed: <paramref name="Frames"/> frames of <paramref name="Resolution"/> x <paramref name="Resolution"/> RGB pixels.</summary>
/// <param name="Frames">Frames of a clip, at least 1.</param>
/// <param name="Resolution">Rows and columns, at least 1.</param>
/// <param name="FrameStride">Every how many source frames one is taken, at least 1.</param>
public sealed record InputShape(int Frames, int Resolution, int FrameStride = 1)
{
    /// <summary>Channels of a frame: red, green, blue.</summary>
    public const int Channels = 3;

    /// <summary>Half the frames, rounded up, twice as far apart: what a member of a temporal ensemble of two sees.</summary>
    /// <remarks>Source: MoViNets (arXiv 2103.11511), section 3.3.</remarks>
    public InputShape AtHalfRate() => this with { Frames = (Frames + 1) / 2, FrameStride = 2 * FrameStride };
}
