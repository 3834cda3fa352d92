using System.Runtime.InteropServices;

namespace MoViNetNAS.Models.Kernels;

/// <summary>Native floats aligned to a cache line, for the time of one kernel call.</summary>
internal sealed unsafe class ScratchMemory : IDisposable
{
    private const int CacheLineBytes = 64;

    internal ScratchMemory(long floats, bool isZeroed = false)
    {
        nuint bytes = checked((nuint)Math.Max(floats, 1) * sizeof(float));
        Pointer = (float*)NativeMemory.AlignedAlloc(bytes, CacheLineBytes);
        if (isZeroed) NativeMemory.Clear(Pointer, bytes);
    }

    ~ScratchMemory() => Free();

    internal float* Pointer { get; private set; }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(Pointer);
        Pointer = null;
    }
}
