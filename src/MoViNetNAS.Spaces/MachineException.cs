namespace MoViNetNAS.Spaces;

/// <summary>A fault of the machine (disk, memory, a locked file, a missing program), named in one sentence.</summary>
/// <remarks>The command line prints it without a stack trace and exits with 1.</remarks>
public sealed class MachineException : Exception
{
    /// <summary>Makes the fault known with <paramref name="message"/>.</summary>
    public MachineException(string message) : base(message) { }

    /// <summary>Makes the fault known with <paramref name="message"/>; <paramref name="inner"/> is kept for debuggers.</summary>
    public MachineException(string message, Exception inner) : base(message, inner) { }
}
