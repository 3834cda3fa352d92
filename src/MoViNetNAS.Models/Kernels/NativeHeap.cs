using System.Runtime.InteropServices;

namespace MoViNetNAS.Models.Kernels;

/// <summary>Settings of the C library's heap, where libtorch keeps tensors on the CPU.</summary>
public static partial class NativeHeap
{
    // Parameters of mallopt in glibc's malloc.h, and the largest mmap threshold it accepts on 64-bit systems.
    private const int TrimThreshold = -1, TopPad = -2, MmapThreshold = -3, ArenaMax = -8;
    private const int LargestMmapThreshold = 32 << 20, Padding = 256 << 20;

    /// <summary>Keeps freed memory for the next tensors instead of giving it back to the system. Call it once, at the start.</summary>
    /// <remarks>By default every tensor of some megabytes is mapped and unmapped anew, and the system clears its pages each time.
    /// Scoring steps of a supernet took between 110 and 470 ms with the default and 91-96 ms with this (two threads, one virtual
    /// machine). Does nothing where there is no glibc.</remarks>
    public static void KeepFreedMemory()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = Mallopt(MmapThreshold, LargestMmapThreshold);
            _ = Mallopt(TrimThreshold, int.MaxValue);
            _ = Mallopt(TopPad, Padding);
            _ = Mallopt(ArenaMax, 1); // the heaps of other threads give memory back whatever the thresholds say
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            // Another C library: it has its own ways.
        }
    }

    /// <summary>Gives freed memory back to the system now, so that what is resident is what is in use. Does nothing where there is no glibc.</summary>
    public static void ReleaseFreedMemory()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = MallocTrim(0);
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            // Another C library: it has its own ways.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Mallopt(int parameter, int value);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MallocTrim(nuint kept);
}
