using MoViNetNAS.Models.Kernels;
using static TorchSharp.torch;

namespace MoViNetNAS.Cli.Bench;

/// <summary>Free memory that the system has handed out already, so that no side is charged for pages that happen to be new.</summary>
/// <remarks>Without it a tensor lies on new pages by chance although freed memory is kept, probably because aligned allocation asks for a little
/// more than a freed tensor of the same size has. On a virtual machine a new page took 12 microseconds: an
/// activation of 2.8 million values was measured at 0.3 or 12 nanoseconds a value. The reserve is filled with ones, because memory of a running program is
/// not zero either: a kernel that reads what it has not written is right on new pages and wrong later.</remarks>
internal static class HeapReserve
{
    private const int PieceFloats = 4 << 20; // 16 MiB: larger ones than 32 MiB are not from the heap
    private const int FullPieces = 24, QuickPieces = 1;

    /// <summary>Keeps freed memory from now on, and touches a reserve of it.</summary>
    public static void Prepare(bool isQuick)
    {
        NativeHeap.KeepFreedMemory();
        using var scope = NewDisposeScope();
        for (int i = 0; i < (isQuick ? QuickPieces : FullPieces); i++) ones(PieceFloats);
    }
}
