using System.ComponentModel;
using System.Diagnostics;

namespace MoViNetNAS.Cli.Doctor;

/// <summary>The ffmpeg program, which decodes real video. Generated data needs none.</summary>
internal static class VideoCheck
{
    private const int TimeoutMs = 10_000;

    public static Finding Run()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("ffmpeg", "-version") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(TimeoutMs))
            {
                process.Kill(entireProcessTree: true);
                return Missing($"did not answer in {TimeoutMs / 1000} s");
            }

            string version = string.Join(' ', output.Result.Split('\n')[0].Split(' ').Take(3));
            return process.ExitCode == 0 ? Finding.Good("ffmpeg", version) : Missing($"exit code {process.ExitCode}: {error.Result.Trim()}");
        }
        catch (Exception e) when (e is Win32Exception or FileNotFoundException)
        {
            return Missing("not found");
        }
    }

    private static Finding Missing(string found) => Finding.Optional("ffmpeg", false, found, "only real video needs it: " + Install);

    private static string Install =>
        OperatingSystem.IsWindows() ? "winget install ffmpeg" : OperatingSystem.IsMacOS() ? "brew install ffmpeg" : "sudo apt-get install ffmpeg (or your system's package)";
}
