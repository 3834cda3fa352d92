using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;

namespace MoViNetNAS.Models.Kernels;

/// <summary>Runs the parts of a kernel on as many threads as libtorch uses (<see cref="torch.get_num_threads"/>).</summary>
/// <remarks>The caller cuts the work into parts by shape alone, and each part writes its own memory. So it does not matter
/// which thread takes which part, and results are the same bit by bit for any number of threads. On Linux the team is
/// libtorch's own (OpenMP): its threads spin for a while after each of libtorch's loops, and a second pool of ours would
/// compete with them for the same cores. Elsewhere it is the .NET thread pool.</remarks>
internal static unsafe class ThreadTeam
{
    /// <summary>Below this much work (about a multiply-add each) waking threads costs more than they save.</summary>
    internal const long InlineWork = 400_000;

    private static readonly delegate* unmanaged[Cdecl]<delegate* unmanaged[Cdecl]<nint, void>, nint, uint, uint, void> OpenMpParallel =
        (delegate* unmanaged[Cdecl]<delegate* unmanaged[Cdecl]<nint, void>, nint, uint, uint, void>)FindOpenMpParallel();

    /// <summary>Calls <paramref name="body"/> once for each part in [0, <paramref name="parts"/>), in no promised order; returns when all are done.</summary>
    /// <param name="parts">Number of parts.</param>
    /// <param name="work">Estimated multiply-adds of all parts together.</param>
    /// <param name="body">Must not throw on account of its part: it runs on foreign threads.</param>
    internal static void Run(int parts, long work, Action<int> body)
    {
        using var run = new PartRun();
        Run(run, torch.get_num_threads(), parts, work, body);
    }

    /// <summary>The same on at most <paramref name="mostThreads"/> threads; it allocates nothing, except on systems without OpenMP when
    /// several threads run.</summary>
    /// <param name="run">Used by one call at a time.</param>
    /// <param name="mostThreads">At least 1.</param>
    /// <param name="parts">Number of parts.</param>
    /// <param name="work">Estimated multiply-adds of all parts together.</param>
    /// <param name="body">As above; the caller keeps it, so that no closure is made for each call.</param>
    internal static void Run(PartRun run, int mostThreads, int parts, long work, Action<int> body)
    {
        int threads = work < InlineWork ? 1 : Math.Min(parts, mostThreads);
        if (threads <= 1)
        {
            for (int part = 0; part < parts; part++) body(part);
            return;
        }

        run.Begin(parts, body);
        if (OpenMpParallel != null) OpenMpParallel(&TakeParts, run.Handle, (uint)threads, 0);
        else RunOnPool(run, threads);
        run.ThrowIfFailed();
    }

    // By itself, so that its closure is not made in the other case.
    private static void RunOnPool(PartRun run, int threads) =>
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ => run.TakeParts());

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void TakeParts(nint handle) => ((PartRun)GCHandle.FromIntPtr(handle).Target!).TakeParts();

    private static nint FindOpenMpParallel()
    {
        // dlsym on LibTorchSharp also searches what it depends on, and so finds the very OpenMP library that libtorch runs on.
        return OperatingSystem.IsLinux()
            && NativeLibrary.TryLoad("LibTorchSharp", typeof(ThreadTeam).Assembly, null, out nint library)
            && NativeLibrary.TryGetExport(library, "GOMP_parallel", out nint address)
            ? address
            : 0;
    }
}
