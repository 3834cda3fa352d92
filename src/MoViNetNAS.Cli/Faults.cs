using System.Runtime.InteropServices;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli;

/// <summary>Turns exceptions into one sentence on stderr and an exit code; MOVINET_TRACE=1 adds the trace.</summary>
internal static class Faults
{
    /// <summary>Runs <paramref name="verb"/> and returns its exit code, or that of the fault that ended it.</summary>
    public static int Guard(Func<int> verb, TextWriter error)
    {
        try
        {
            return verb();
        }
        catch (Exception e)
        {
            var (code, sentence) = Describe(Innermost(e));
            error.WriteLine(sentence);
            if (Environment.GetEnvironmentVariable("MOVINET_TRACE") == "1") error.WriteLine(e);
            return code;
        }
    }

    private static (int Code, string Sentence) Describe(Exception e) => e switch
    {
        InputException => (ExitCode.BadInput, e.Message),
        MachineException => (ExitCode.Failed, e.Message),
        InterruptedException { ResumeCommand: { } command } => (ExitCode.Interrupted, $"interrupted; resume with: {command}"),
        OperationCanceledException => (ExitCode.Interrupted, "interrupted."),
        OutOfMemoryException => (ExitCode.Failed, "out of memory: use fewer frames, a smaller batch or a smaller resolution."),
        // libtorch reports its own allocations through ExternalException.
        ExternalException when IsAllocation(e.Message) =>
            (ExitCode.Failed, "out of memory in libtorch: use fewer frames, a smaller batch or a smaller resolution."),
        IOException or UnauthorizedAccessException => (ExitCode.Failed, e.Message),
        DllNotFoundException or TypeInitializationException or BadImageFormatException =>
            (ExitCode.Failed, $"a native library did not load ({FirstLine(e.Message)}); `movinet doctor` says how to mend it."),
        _ => (ExitCode.Failed, $"unexpected {e.GetType().Name}: {FirstLine(e.Message)} Run again with MOVINET_TRACE=1 for the trace."),
    };

    private static Exception Innermost(Exception e) => e switch
    {
        AggregateException { InnerExceptions: [var only] } => Innermost(only),
        System.Reflection.TargetInvocationException { InnerException: { } inner } => Innermost(inner),
        _ => e,
    };

    private static bool IsAllocation(string message) =>
        message.Contains("allocate memory", StringComparison.OrdinalIgnoreCase) || message.Contains("out of memory", StringComparison.OrdinalIgnoreCase);

    private static string FirstLine(string message)
    {
        string line = message.Split('\n')[0].TrimEnd();
        return line.EndsWith('.') ? line : line + ".";
    }
}
