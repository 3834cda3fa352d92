using System.Runtime.InteropServices;

namespace MoViNetNAS.Cli;

/// <summary>Ctrl-C and SIGTERM as a cancellation token: the first one lets the work stop at its next safe point, a second one ends the process.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly TextWriter _error;
    private readonly PosixSignalRegistration[] _registrations;

    /// <summary>Listens until disposed; <paramref name="error"/> is told when a signal came.</summary>
    public Interruption(TextWriter error)
    {
        _error = error;
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal), PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal)];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>The command that resumes what is running, told to the user when it was stopped.</summary>
    public string? ResumeCommand { get; set; }

    /// <summary>Runs <paramref name="work"/>; when a signal ended it, the exception carries <see cref="ResumeCommand"/>.</summary>
    public T Run<T>(Func<CancellationToken, T> work)
    {
        try
        {
            return work(Token);
        }
        catch (OperationCanceledException e) when (Token.IsCancellationRequested)
        {
            throw new InterruptedException(ResumeCommand, e);
        }
    }

    /// <summary>What a signal does. False when it was asked before: then the system's default action ends the process.</summary>
    public bool Stop()
    {
        if (_source.IsCancellationRequested) return false;
        _error.WriteLine("stopping at the next safe point; once more to stop at once.");
        _source.Cancel();
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context) => context.Cancel = Stop();
}
