namespace MoViNetNAS.Spaces;

/// <summary>A user's mistake (a file, a flag, a genotype), told in one sentence that can be acted on.</summary>
/// <remarks>The message says what is wrong, where (file, line, path), the value, what was allowed, and the nearest name.
/// The command line prints it without a stack trace and exits with 2.</remarks>
public sealed class InputException : Exception
{
    /// <summary>Makes the mistake known with <paramref name="message"/>.</summary>
    public InputException(string message) : base(message) { }

    /// <summary>Makes the mistake known with <paramref name="message"/>; <paramref name="inner"/> is kept for debuggers.</summary>
    public InputException(string message, Exception inner) : base(message, inner) { }
}
