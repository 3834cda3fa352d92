using System.Globalization;
using MoViNetNAS.Models.Kernels;

namespace MoViNetNAS.Cli.Bench;

/// <summary>How much memory of the machine a piece of work takes at its height: resident memory, which also counts what no profiler of tensors sees.</summary>
internal static class PeakMemory
{
    private const string Status = "/proc/self/status", ClearReferences = "/proc/self/clear_refs", ResetPeak = "5";

    /// <summary>How it is measured here, for a note.</summary>
    public static string Method => HasKernelPeak
        ? "the system's own peak of resident memory (VmHWM), reset before each run, less what was resident then; freed memory is given back first"
        : "the working set, sampled every millisecond, less what it was before; short peaks can be missed";

    /// <summary>Bytes by which resident memory grows at the height of <paramref name="work"/>: the least of some runs, after one that is not measured.</summary>
    public static long GrowthOf(Action work, int runs)
    {
        work(); // compiled code and libtorch's caches stay, and are no part of it
        return Enumerable.Range(0, runs).Min(_ => Measure(work));
    }

    private static long Measure(Action work)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        NativeHeap.ReleaseFreedMemory();
        return HasKernelPeak ? ByKernel(work) : BySampling(work);
    }

    private static bool HasKernelPeak { get; } = CanResetPeak();

    private static bool CanResetPeak()
    {
        try
        {
            if (!File.Exists(ClearReferences)) return false;
            File.WriteAllText(ClearReferences, ResetPeak);
            return Read("VmHWM:") > 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // some containers do not allow it
        }
    }

    private static long ByKernel(Action work)
    {
        File.WriteAllText(ClearReferences, ResetPeak);
        long before = Read("VmRSS:");
        work();
        return Math.Max(0, Read("VmHWM:") - before);
    }

    private static long BySampling(Action work)
    {
        long before = Environment.WorkingSet, peak = before;
        using var stop = new CancellationTokenSource();
        var sampler = new Thread(() =>
        {
            while (!stop.Token.WaitHandle.WaitOne(1)) peak = Math.Max(peak, Environment.WorkingSet);
        });
        sampler.Start();
        try
        {
            work();
        }
        finally
        {
            stop.Cancel();
            sampler.Join();
        }

        return peak - before;
    }

    // "VmHWM:      1728 kB"
    private static long Read(string name)
    {
        string line = File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) ?? "";
        string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 3 ? 1024 * long.Parse(words[1], CultureInfo.InvariantCulture) : 0;
    }
}
