using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data;

/// <summary>How a decoder ended.</summary>
/// <param name="ExitCode">0 also for a truncated file: count the frames.</param>
/// <param name="Errors">What it wrote to stderr, its first few kilobytes.</param>
internal sealed record FfmpegEnd(int ExitCode, string Errors);

/// <summary>A running ffmpeg. It cannot hang its caller: when a read gets nothing for the timeout, or on cancellation or
/// disposal, it is killed with its children, which ends the read.</summary>
internal sealed class FfmpegProcess : IDisposable
{
    private const int ErrorsKept = 4096;
    private static readonly TimeSpan ExitLimit = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly Stream _output;
    private readonly Thread _errorThread;
    private readonly StringBuilder _errors = new();
    private readonly Timer _watchdog;
    private readonly TimeSpan _stallTimeout;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenRegistration _killOnCancel;
    private long _waitingSince; // a Stopwatch time, or 0 while nobody waits: a slow consumer is no stall

    /// <exception cref="MachineException">The program is not installed or cannot be started.</exception>
    public FfmpegProcess(string program, IEnumerable<string> arguments, TimeSpan stallTimeout, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _stallTimeout = stallTimeout;
        _cancellation = cancellation;
        _process = StartProcess(program, arguments);
        _output = _process.StandardOutput.BaseStream;
        _errorThread = new Thread(DrainErrors) { IsBackground = true, Name = "ffmpeg errors" };
        _errorThread.Start();
        TimeSpan period = TimeSpan.FromMilliseconds(Math.Clamp(stallTimeout.TotalMilliseconds / 4, 10, 1000));
        _watchdog = new Timer(_ => KillWhenStalled(), null, period, period);
        _killOnCancel = cancellation.Register(Kill);
    }

    /// <summary>Whether it was killed because nothing came for too long.</summary>
    public bool HasStalled { get; private set; }

    /// <summary>Fills <paramref name="buffer"/> as far as output is left; returns the bytes read.</summary>
    /// <exception cref="OperationCanceledException">The cancellation was signalled.</exception>
    public int Read(Span<byte> buffer)
    {
        int length = 0;
        try
        {
            while (length < buffer.Length)
            {
                Interlocked.Exchange(ref _waitingSince, Stopwatch.GetTimestamp());
                int read = _output.Read(buffer[length..]);
                if (read == 0) break;
                length += read;
            }
        }
        finally
        {
            Interlocked.Exchange(ref _waitingSince, 0);
        }

        _cancellation.ThrowIfCancellationRequested();
        return length;
    }

    /// <summary>Waits for the end after the last byte was read.</summary>
    public FfmpegEnd Finish()
    {
        if (!_process.WaitForExit(ExitLimit)) Kill();
        _process.WaitForExit(ExitLimit);
        _errorThread.Join(ExitLimit);
        lock (_errors) return new FfmpegEnd(_process.HasExited ? _process.ExitCode : -1, _errors.ToString().Trim());
    }

    /// <summary>Kills it when it is still running.</summary>
    public void Dispose()
    {
        _killOnCancel.Dispose();
        _watchdog.Dispose();
        Kill();
        _errorThread.Join(ExitLimit);
        _process.Dispose();
    }

    private static Process StartProcess(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e) when (e.NativeErrorCode == 2) // no such file, on every system
        {
            throw new MachineException(
                $"{program} is not installed: `apt-get install ffmpeg` (Debian, Ubuntu), `brew install ffmpeg` (macOS) or "
                + "`winget install ffmpeg` (Windows), so that it is found on PATH.", e);
        }
        catch (Win32Exception e)
        {
            throw new MachineException($"{program} cannot be started: {e.Message}", e);
        }
    }

    private void KillWhenStalled()
    {
        long since = Interlocked.Read(ref _waitingSince);
        if (since == 0 || Stopwatch.GetElapsedTime(since) < _stallTimeout) return;
        HasStalled = true;
        Kill();
    }

    private void Kill()
    {
        try
        {
            if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself in between.
        }
    }

    // Always drained, or a decoder with much to complain about would wait for ever; only the beginning is kept.
    private void DrainErrors()
    {
        var buffer = new char[1024];
        try
        {
            while (_process.StandardError.Read(buffer) is > 0 and int read)
            {
                lock (_errors) _errors.Append(buffer, 0, Math.Min(read, Math.Max(0, ErrorsKept - _errors.Length)));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Disposed while reading: nobody asks for the errors any more.
        }
    }
}
