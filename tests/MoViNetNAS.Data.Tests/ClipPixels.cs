using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data.Tests;

/// <summary>Clips as new arrays.</summary>
internal static class ClipPixels
{
    public static byte[] Read(IClipDataset data, Split split, int index, RandomStream? augmentation = null)
    {
        var pixels = new byte[ClipSize.Bytes(data.Input)];
        data.Read(split, index, augmentation, pixels);
        return pixels;
    }
}
