namespace MoViNetNAS.Cli.Doctor;

/// <summary>The ffmpeg program, which decodes real video. Generated data needs none.</summary>
internal static class VideoCheck
{
    public static Finding Run()
    {
        var answer = ProgramAnswer.Of("ffmpeg", "-version");
        return answer.Line is { } line
            ? Finding.Good("ffmpeg", string.Join(' ', line.Split(' ').Take(3)))
            : Finding.Optional("ffmpeg", false, answer.Fault!, "only real video needs it: " + Install);
    }

    private static string Install =>
        OperatingSystem.IsWindows() ? "winget install ffmpeg" : OperatingSystem.IsMacOS() ? "brew install ffmpeg" : "sudo apt-get install ffmpeg (or your system's package)";
}
