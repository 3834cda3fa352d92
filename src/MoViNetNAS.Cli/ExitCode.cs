namespace MoViNetNAS.Cli;

/// <summary>What the process says to its caller when it ends.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The machine or the program failed.</summary>
    public const int Failed = 1;

    /// <summary>The user's mistake: a file, a flag, a genotype.</summary>
    public const int BadInput = 2;

    /// <summary>Stopped by a signal; what was running can be resumed.</summary>
    public const int Interrupted = 130;
}
