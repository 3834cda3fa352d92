using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MoViNetNAS.Cli.Bench;

/// <summary>A few microseconds of arithmetic that are always the same: how long they take says how fast the processor runs just now.</summary>
/// <remarks>A core whose neighbours are idle may run a quarter faster than one whose neighbours work, for seconds at a time. Numbers
/// measured in different moments can be compared when each is divided by the pulse of its moment.</remarks>
internal sealed class Pulse
{
    private const int Floats = 2048, Passes = 40; // 8 KiB: within the smallest cache of any core
    private readonly float[] _values = new float[Floats];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // from the first call: it must be the same code all the time
    public void Beat()
    {
        var values = MemoryMarshal.Cast<float, Vector<float>>(_values.AsSpan());
        var half = new Vector<float>(0.5f);
        for (int pass = 0; pass < Passes; pass++)
            for (int i = 0; i < values.Length; i++) values[i] = values[i] * half + half; // goes to 1: no denormals
    }
}
