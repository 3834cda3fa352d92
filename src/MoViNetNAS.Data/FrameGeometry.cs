namespace MoViNetNAS.Data;

/// <summary>Square frames of <paramref name="Side"/> pixels, made the way of <paramref name="Fit"/>.</summary>
internal sealed record FrameGeometry(int Side, VideoFit Fit)
{
    public int FrameBytes => ClipSize.FrameBytes(Side);

    public static FrameGeometry WithMargin(int resolution, double margin, VideoFit fit) =>
        new((int)Math.Round(resolution * margin), fit);

    /// <summary>The ffmpeg filters. <c>dar</c> is the shape of the picture as shown, which counts pixels that are not square.</summary>
    public string Filters()
    {
        string size = Fit switch
        {
            VideoFit.Crop => $"w='if(gt(dar,1),ceil({Side}*dar),{Side})':h='if(gt(dar,1),{Side},ceil({Side}/dar))'",
            VideoFit.Pad => $"w='if(gt(dar,1),{Side},max(1,round({Side}*dar)))':h='if(gt(dar,1),max(1,round({Side}/dar)),{Side})'",
            _ => $"w={Side}:h={Side}",
        };
        string square = Fit switch
        {
            VideoFit.Crop => $",crop={Side}:{Side}",
            VideoFit.Pad => $",pad={Side}:{Side}:(ow-iw)/2:(oh-ih)/2",
            _ => "",
        };
        return $"scale={size}:flags=bilinear,format=rgb24{square},setsar=1";
    }
}
