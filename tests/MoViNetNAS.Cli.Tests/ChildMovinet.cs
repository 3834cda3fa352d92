using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MoViNetNAS.Cli.Tests;

/// <summary>The real program in a process of its own, which can be killed.</summary>
internal sealed partial class ChildMovinet : IDisposable
{
    private const int Interrupt = 2; // SIGINT
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly TaskCompletionSource _firstLine = new();
    private readonly Task<string> _error;

    /// <summary>Starts it with one thread.</summary>
    /// <param name="args">Verb and options.</param>
    /// <param name="shellPrefix">What a shell does first, in the process that then becomes the program.</param>
    /// <param name="environment">Changed variables.</param>
    public ChildMovinet(string[] args, string? shellPrefix = null, params (string Name, string Value)[] environment)
    {
        // The program's own host may not find a runtime that is installed in an unusual place; this one is running.
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string dotnet = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        string[] command = [dotnet, Path.Combine(AppContext.BaseDirectory, "movinet.dll"), .. args];
        var start = shellPrefix is null
            ? new ProcessStartInfo(command[0], command[1..])
            : new ProcessStartInfo("/bin/sh", ["-c", $"{shellPrefix}; exec \"$@\"", "sh", .. command]);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment["OMP_NUM_THREADS"] = "1";
        foreach (var (name, value) in environment) start.Environment[name] = value;
        _process = Process.Start(start)!;
        _output = _process.StandardOutput.ReadToEndAsync();
        _error = ReadError();
    }

    /// <summary>Waits until the program has written its first line to stderr: a search does so when its record is stored.</summary>
    public void WaitForFirstLine() => Assert.True(_firstLine.Task.Wait(TimeSpan.FromSeconds(30)), "the program says nothing");

    /// <summary>Lets it run for at most <paramref name="time"/>, then kills it. True when it had to be killed.</summary>
    public bool KillAfter(TimeSpan time)
    {
        if (_process.WaitForExit(time)) return false;
        _process.Kill();
        _process.WaitForExit();
        return _process.ExitCode != ExitCode.Done; // it may have ended in between
    }

    /// <summary>What Ctrl-C does.</summary>
    public void PressCtrlC() => Assert.Equal(0, Kill(_process.Id, Interrupt));

    /// <summary>How it ended.</summary>
    public Movinet End()
    {
        Assert.True(_process.WaitForExit(TimeSpan.FromSeconds(60)), "the program does not end");
        return new Movinet(_process.ExitCode, _output.Result, _error.Result);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private async Task<string> ReadError()
    {
        var text = new System.Text.StringBuilder();
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            text.AppendLine(line);
            _firstLine.TrySetResult();
        }

        return text.ToString();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
