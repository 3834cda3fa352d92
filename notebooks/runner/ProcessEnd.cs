using System.Runtime.InteropServices;

namespace MoViNetNAS.Notebooks;

/// <summary>Ends this process at once, with cells that may still run.</summary>
internal static partial class ProcessEnd
{
    /// <summary>Ends it with <paramref name="code"/>.</summary>
    /// <remarks>An ordinary exit unloads libtorch under a cell that computes, which ends in a memory fault in place of the code.</remarks>
    public static void With(int code)
    {
        Notebook.End();
        Console.Out.Flush();
        Console.Error.Flush();
        if (!OperatingSystem.IsWindows()) ExitNow(code);
        Environment.Exit(code);
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void ExitNow(int code);
}
