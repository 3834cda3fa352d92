using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>Square frames of <paramref name="Side"/> pixels, made the way of <paramref name="Fit"/>; wide ones have it as their short side.</summary>
internal sealed record FrameGeometry(int Side, VideoFit Fit)
{
    private const int WidestRatio = 4; // a banner of 10 x 2000 pixels must not fill the disk

    /// <summary>Bytes of a square frame. Part of the text that names cache files: without it every video is decoded anew.</summary>
    public int FrameBytes => ClipSize.FrameBytes(Side);

    /// <summary>Bytes of a frame of any shape.</summary>
    public int BytesOf(int height, int width) => checked(height * width * InputShape.Channels);

    /// <summary>Whether stored frames may have this size.</summary>
    public bool Allows(int height, int width) => Fit == VideoFit.Wide
        ? Math.Min(height, width) == Side && Math.Max(height, width) <= WidestRatio * Side
        : (height, width) == (Side, Side);

    /// <summary>Where the evaluation square of <paramref name="resolution"/> begins on a side of <paramref name="size"/> pixels.</summary>
    /// <remarks>As the two steps of <see cref="VideoFit.Crop"/>: ffmpeg cuts out the middle, rounding halves to even, then we.</remarks>
    public int Middle(int size, int resolution) => (int)Math.Round((size - Side) / 2.0, MidpointRounding.ToEven) + (Side - resolution) / 2;

    public static FrameGeometry WithMargin(int resolution, double margin, VideoFit fit) =>
        new((int)Math.Round(resolution * margin), fit);

    /// <summary>The ffmpeg filters. <c>dar</c> is the shape of the picture as shown, which counts pixels that are not square.</summary>
    public string Filters()
    {
        string size = Fit switch
        {
            VideoFit.Crop or VideoFit.Wide => $"w='if(gt(dar,1),ceil({Side}*dar),{Side})':h='if(gt(dar,1),{Side},ceil({Side}/dar))'",
            VideoFit.Pad => $"w='if(gt(dar,1),{Side},max(1,round({Side}*dar)))':h='if(gt(dar,1),max(1,round({Side}/dar)),{Side})'",
            _ => $"w={Side}:h={Side}",
        };
        string square = Fit switch
        {
            VideoFit.Crop => $",crop={Side}:{Side}",
            VideoFit.Wide => $",crop='min(iw,{WidestRatio * Side})':'min(ih,{WidestRatio * Side})'",
            VideoFit.Pad => $",pad={Side}:{Side}:(ow-iw)/2:(oh-ih)/2",
            _ => "",
        };
        return $"scale={size}:flags=bilinear,format=rgb24{square},setsar=1";
    }
}
