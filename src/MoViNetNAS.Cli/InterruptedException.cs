namespace MoViNetNAS.Cli;

/// <summary>The user stopped a verb that can be resumed.</summary>
/// <param name="resumeCommand">The command that goes on with it; null when there is none.</param>
/// <param name="inner">What ended the work.</param>
internal sealed class InterruptedException(string? resumeCommand, Exception? inner = null) : OperationCanceledException("interrupted", inner)
{
    /// <summary>The command that goes on with it; null when there is none.</summary>
    public string? ResumeCommand { get; } = resumeCommand;
}
