using System.ComponentModel;
using System.Diagnostics;

namespace MoViNetNAS.Cli.Tests;

/// <summary>A video of 64 x 48 pixels and 10 frames a second, made by ffmpeg; the test is skipped where that is missing.</summary>
internal static class TinyVideo
{
    public static void Make(string path, int seconds)
    {
        try
        {
            using var ffmpeg = Process.Start(new ProcessStartInfo(
                "ffmpeg", $"-nostdin -v error -y -f lavfi -i testsrc=size=64x48:rate=10:duration={seconds} -c:v mjpeg \"{path}\""))!;
            ffmpeg.WaitForExit();
        }
        catch (Win32Exception)
        {
            Assert.Skip("ffmpeg is not installed");
        }
    }
}
