using System.ComponentModel;
using System.Diagnostics;

namespace MoViNetNAS.Cli;

/// <summary>What a program says when it is asked for its version: whether it is installed.</summary>
/// <param name="Line">The first line that it wrote; null when it gave no good answer.</param>
/// <param name="Fault">Why not, in words; null when it answered.</param>
internal sealed record ProgramAnswer(string? Line, string? Fault)
{
    private const int TimeoutMs = 10_000;

    /// <summary>Whether it answered.</summary>
    public bool IsInstalled => Fault is null;

    /// <summary>Starts <paramref name="program"/>, a name that is looked up or a path, and waits 10 s at most.</summary>
    /// <param name="program">The program.</param>
    /// <param name="argument">How it is asked.</param>
    public static ProgramAnswer Of(string program, string argument = "--version")
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, [argument]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(TimeoutMs))
            {
                process.Kill(entireProcessTree: true);
                return new ProgramAnswer(null, $"did not answer in {TimeoutMs / 1000} s");
            }

            return process.ExitCode == 0
                ? new ProgramAnswer(output.Result.Split('\n')[0].TrimEnd('\r'), null)
                : new ProgramAnswer(null, $"exit code {process.ExitCode}: {error.Result.Trim()}");
        }
        catch (Exception e) when (e is Win32Exception or FileNotFoundException)
        {
            return new ProgramAnswer(null, "not found");
        }
    }
}
