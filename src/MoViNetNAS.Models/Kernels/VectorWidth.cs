using System.Runtime.Intrinsics;

namespace MoViNetNAS.Models.Kernels;

/// <summary>How many floats a kernel handles at once.</summary>
internal static class VectorWidth
{
    /// <summary>The widest vector kernels may use: 16, 8, 4 or 1 floats. Tests lower it to run the narrower paths.</summary>
    internal static int Widest { get; set; } =
        Vector512.IsHardwareAccelerated ? 16
        : Vector256.IsHardwareAccelerated ? 8
        : Vector128.IsHardwareAccelerated ? 4
        : 1;

    /// <summary>The width for <paramref name="channels"/> channels: the last vector overlaps the one before, so it must fit once.</summary>
    internal static int For(int channels)
    {
        int width = Widest;
        while (width > channels) width = width == 4 ? 1 : width / 2;
        return width;
    }
}
